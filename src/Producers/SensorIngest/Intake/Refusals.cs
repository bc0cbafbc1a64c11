using EventSourcing.EventBackbone;

namespace EventSourcing.SensorIngest.Intake;

/// <summary>This service's own reasons to refuse an event.</summary>
internal static class Refusals
{
    /// <summary>Type of <see cref="UnknownDevice"/>.</summary>
    public const string UnknownDeviceType = "urn:eventsourcing:unknown-device";

    /// <summary>Too many readings wait for registrations.</summary>
    public static readonly Rejection WaitingRoomFull = new(
        RejectionKind.Overload, "urn:eventsourcing:waiting-room-full",
        "Too many readings of unknown devices wait for their registration (Registry:MaxWaiting).", TimeSpan.FromSeconds(1));

    /// <summary>Type of <see cref="Malformed"/>.</summary>
    public const string MalformedType = "urn:eventsourcing:malformed-json";

    /// <summary>Type of <see cref="TooManyEvents"/>.</summary>
    public const string TooManyEventsType = "urn:eventsourcing:too-many-events";

    /// <summary>Type of <see cref="UnsupportedContentType"/>.</summary>
    public const string UnsupportedContentTypeType = "urn:eventsourcing:unsupported-content-type";

    /// <summary>No receipt came in time; the event may be stored later.</summary>
    public static Rejection NoAnswer(TimeSpan waited, TimeSpan retryAfter) => new(
        RejectionKind.Unavailable, Rejection.OutcomeUnknownType,
        $"The backbone gave no receipt within {waited}; the event may be stored later. Send it again with the same id and the header "
        + "redelivery: possible-duplicate.",
        retryAfter);

    /// <summary>Too many requests are in work.</summary>
    public static Rejection Busy(TimeSpan retryAfter) =>
        Rejection.Overload("Too many requests are in work (Http:MaxRequests).", retryAfter);

    /// <summary>The bytes are no JSON, or no UTF-8.</summary>
    public static Rejection Malformed(string detail) => new(RejectionKind.Poison, MalformedType, detail);

    /// <summary>The batch has too many members.</summary>
    public static Rejection TooManyEvents(int limit) => new(
        RejectionKind.Poison, TooManyEventsType, $"The batch has more than {limit} events: send smaller batches.");

    /// <summary>The request is in no format that is taken here.</summary>
    public static Rejection UnsupportedContentType(string? contentType) => new(
        RejectionKind.Poison, UnsupportedContentTypeType,
        $"The content type {contentType ?? "(none)"} is not taken here: send application/json (one object or an array), with ce- headers for a "
        + "CloudEvent in binary mode, application/cloudevents+json or application/cloudevents-batch+json, in UTF-8 and not compressed.");

    /// <summary>Nobody registered the device.</summary>
    public static Rejection UnknownDevice(string device) => new(
        RejectionKind.Poison, UnknownDeviceType, $"Device '{device}' is not registered: register its asset first ({Contracts.EventTypes.AssetRegistered}).");
}
