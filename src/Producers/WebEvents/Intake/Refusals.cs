using EventSourcing.EventBackbone;

namespace EventSourcing.WebEvents.Intake;

/// <summary>Why this service refuses an event or a request, beside the reasons of the backbone; each a stable URN.</summary>
internal static class Refusals
{
    public const string TooLargeType = "urn:eventsourcing:too-large";
    public const string TooManyEventsType = "urn:eventsourcing:too-many-events";
    public const string MalformedJsonType = "urn:eventsourcing:malformed-json";
    public const string InvalidUtf8Type = "urn:eventsourcing:invalid-utf8";
    public const string UnsupportedContentTypeType = "urn:eventsourcing:unsupported-content-type";
    public const string BrokenBodyType = "urn:eventsourcing:broken-body";
    public const string SlowBodyType = "urn:eventsourcing:slow-body";
    public const string UnknownTypeType = "urn:eventsourcing:unknown-type";
    public const string InvalidDataType = "urn:eventsourcing:invalid-data";
    public const string BusyType = "urn:eventsourcing:busy";
    public const string StoppingType = "urn:eventsourcing:stopping";

    public static Rejection BodyTooLarge(int limit) => Poison(TooLargeType, $"The body is larger than {limit} bytes; send smaller batches.");

    public static Rejection TooManyEvents(int count, int limit) =>
        Poison(TooManyEventsType, $"The batch has {count} events; the limit is {limit}. Send smaller batches.");

    public static Rejection MalformedJson(string detail) => Poison(MalformedJsonType, detail);

    public static Rejection InvalidUtf8() => Poison(InvalidUtf8Type, "The body is not valid UTF-8.");

    public static Rejection UnsupportedContentType(string? contentType, string supported) =>
        Poison(UnsupportedContentTypeType, $"Content type '{contentType ?? "(none)"}' is not taken here; send {supported}.");

    public static Rejection BrokenBody(string detail) => Poison(BrokenBodyType, detail);

    public static Rejection SlowBody() => Poison(SlowBodyType, "The body arrived too slowly.");

    public static Rejection UnknownType(string? type, string known) => Poison(UnknownTypeType, $"Type '{type}' is not taken here; known types: {known}.");

    public static Rejection InvalidData(string detail) => Poison(InvalidDataType, detail);

    public static Rejection Busy(string what, TimeSpan retryAfter) => new(RejectionKind.Overload, BusyType, $"{what} Try again later.", retryAfter);

    public static Rejection Stopping(TimeSpan retryAfter) =>
        new(RejectionKind.Unavailable, StoppingType, "The service is stopping; connect again.", retryAfter);

    private static Rejection Poison(string type, string detail) => new(RejectionKind.Poison, type, detail);
}
