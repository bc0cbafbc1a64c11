using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;

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
    public const string MalformedType = IntakeRefusals.MalformedJsonType;

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
    public static Rejection Malformed(string detail) => IntakeRefusals.MalformedJson(detail);

    /// <summary>The device's registration came first and is not stored, for now.</summary>
    public static Rejection RegistrationRefused(string device, Rejection why) => why with
    {
        Kind = RejectionKind.Unavailable,
        Type = Rejection.UnavailableType,
        Detail = $"The registration of device '{device}', which came first, could not be stored: {why.Detail}",
    };

    /// <summary>Nobody registered the device.</summary>
    public static Rejection UnknownDevice(string device) => new(
        RejectionKind.Poison, UnknownDeviceType, $"Device '{device}' is not registered: register its asset first ({Contracts.EventTypes.AssetRegistered}).");
}
