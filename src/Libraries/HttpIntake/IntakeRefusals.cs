using EventSourcing.EventBackbone;

namespace EventSourcing.HttpIntake;

/// <summary>Why an HTTP intake refuses a request or an event, beside the reasons of the backbone; each a stable URN.</summary>
public static class IntakeRefusals
{
    /// <summary>URN of more events than a batch may have.</summary>
    public const string TooManyEventsType = "urn:eventsourcing:too-many-events";

    /// <summary>URN of bytes that are no JSON.</summary>
    public const string MalformedJsonType = "urn:eventsourcing:malformed-json";

    /// <summary>URN of bytes that are no UTF-8.</summary>
    public const string InvalidUtf8Type = "urn:eventsourcing:invalid-utf8";

    /// <summary>URN of a media type, charset or content encoding that is not taken.</summary>
    public const string UnsupportedContentTypeType = "urn:eventsourcing:unsupported-content-type";

    /// <summary>URN of a body that ended before its end.</summary>
    public const string BrokenBodyType = "urn:eventsourcing:broken-body";

    /// <summary>URN of a body that arrived too slowly.</summary>
    public const string SlowBodyType = "urn:eventsourcing:slow-body";

    /// <summary>URN of an event whose <c>type</c> the service does not take.</summary>
    public const string UnknownTypeType = "urn:eventsourcing:unknown-type";

    /// <summary>URN of data that break the contract of their type.</summary>
    public const string InvalidDataType = "urn:eventsourcing:invalid-data";

    /// <summary>URN of a request that found no room.</summary>
    public const string BusyType = "urn:eventsourcing:busy";

    /// <summary>The body is larger than <paramref name="limit"/> bytes.</summary>
    public static Rejection BodyTooLarge(int limit) =>
        Poison(Rejection.TooLargeType, $"The body is larger than {limit} bytes; send smaller batches.");

    /// <summary>The batch has more than <paramref name="limit"/> events.</summary>
    public static Rejection TooManyEvents(int limit) =>
        Poison(TooManyEventsType, $"The batch has more than {limit} events; send smaller batches.");

    /// <summary>The bytes are no JSON; <paramref name="detail"/> says why.</summary>
    public static Rejection MalformedJson(string detail) => Poison(MalformedJsonType, detail);

    /// <summary>The bytes are no UTF-8.</summary>
    public static Rejection InvalidUtf8() => Poison(InvalidUtf8Type, "The body is not valid UTF-8.");

    /// <summary>The request is in no format that is taken; <paramref name="supported"/> says which are.</summary>
    public static Rejection UnsupportedContentType(string? contentType, string supported) =>
        Poison(UnsupportedContentTypeType, $"Content type '{contentType ?? "(none)"}' is not taken here; send {supported}.");

    /// <summary>The body ended before its end.</summary>
    public static Rejection BrokenBody(string detail) => Poison(BrokenBodyType, detail);

    /// <summary>The body arrived more slowly than the server's minimum rate.</summary>
    public static Rejection SlowBody() => Poison(SlowBodyType, "The body arrived too slowly.");

    /// <summary>The service does not take events of this type.</summary>
    public static Rejection UnknownType(string? type, string known) =>
        Poison(UnknownTypeType, $"Type '{type}' is not taken here; known types: {known}.");

    /// <summary>The data break the contract of their type.</summary>
    public static Rejection InvalidData(string detail) => Poison(InvalidDataType, detail);

    /// <summary>There is no room now.</summary>
    public static Rejection Busy(string what, TimeSpan retryAfter) => new(RejectionKind.Overload, BusyType, $"{what} Try again later.", retryAfter);

    private static Rejection Poison(string type, string detail) => new(RejectionKind.Poison, type, detail);
}
