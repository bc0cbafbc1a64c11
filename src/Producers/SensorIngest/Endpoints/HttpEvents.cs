using EventSourcing.CloudEvents.Http;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.SensorIngest.Intake;

namespace EventSourcing.SensorIngest.Endpoints;

/// <summary>A request to events: plain JSON (one object or an array) or a CloudEvent in binary, structured or batch mode.</summary>
internal static class HttpEvents
{
    /// <summary>Request and record header by which a sender says that it may have sent the event before.</summary>
    public const string RedeliveryHeader = "redelivery";

    private const string PossibleDuplicate = "possible-duplicate";
    private const string PlainJson = "application/json";

    private const string Supported =
        "application/json (one object or an array), with ce- headers for a CloudEvent in binary mode, application/cloudevents+json or "
        + "application/cloudevents-batch+json, in UTF-8 and not compressed";

    /// <summary>The events of a request, each decoded or refused on its own; a refusal when the request as a whole cannot be read.</summary>
    /// <param name="request">Its headers.</param>
    /// <param name="body">Its body.</param>
    /// <param name="expectedType">CloudEvents type that the endpoint takes.</param>
    /// <param name="decodePlain">How plain JSON is decoded there.</param>
    /// <param name="limit">Most events of a batch.</param>
    public static (IReadOnlyList<DecodeResult> Events, bool IsBatch, Rejection? Refusal) Read(
        HttpRequest request, byte[] body, string expectedType, PlainDecoder decodePlain, int limit)
    {
        if (!RequestContent.IsPlainUtf8(request, out var mediaType))
            return Refused(IntakeRefusals.UnsupportedContentType(request.ContentType, Supported));
        var duplicate = request.Headers[RedeliveryHeader] == PossibleDuplicate;
        var mode = HttpCloudEvents.DetectMode(request.ContentType);
        if (JsonPayload.FindError(body) is { } malformed && (mode != HttpContentMode.Binary || mediaType == PlainJson))
            return Refused(malformed);
        try
        {
            return mode switch
            {
                HttpContentMode.Structured => One(EventDecoder.DecodeCloudEvent(HttpCloudEvents.ReadStructured(body), expectedType, null, duplicate)),
                HttpContentMode.Batch => ReadBatch(body, expectedType, duplicate, limit),
                _ when mediaType != PlainJson => Refused(IntakeRefusals.UnsupportedContentType(request.ContentType, Supported)),
                _ when request.Headers.ContainsKey("ce-specversion") => One(EventDecoder.DecodeCloudEvent(
                    HttpCloudEvents.ReadBinary(request.Headers, request.ContentType, body), expectedType, null, duplicate)),
                _ when JsonPayload.IsArray(body) => ReadPlainArray(body, decodePlain, duplicate, limit),
                _ => One(decodePlain(body, null, duplicate)),
            };
        }
        catch (ArgumentException invalid)
        {
            return Refused(Rejection.Invalid(invalid.Message));
        }
    }

    private static (IReadOnlyList<DecodeResult> Events, bool IsBatch, Rejection? Refusal) ReadBatch(byte[] body, string expectedType, bool duplicate, int limit)
    {
        if (!JsonPayload.IsArray(body))
            return Refused(Rejection.Invalid("The body of a batch must be a JSON array of CloudEvents."));
        var ranges = JsonPayload.MembersOf(body, limit);
        if (ranges.Count > limit)
            return Refused(IntakeRefusals.TooManyEvents(limit));
        var members = HttpCloudEvents.ReadBatch(body);
        var events = new DecodeResult[members.Count];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = Named(body.AsSpan(ranges[i]), members[i].Event is { } cloudEvent
                ? EventDecoder.DecodeCloudEvent(cloudEvent, expectedType, null, duplicate)
                : DecodeResult.Invalid(members[i].Error ?? "The member is no CloudEvent."));
        }

        return (events, true, null);
    }

    private static (IReadOnlyList<DecodeResult> Events, bool IsBatch, Rejection? Refusal) ReadPlainArray(
        byte[] body, PlainDecoder decodePlain, bool duplicate, int limit)
    {
        var members = JsonPayload.MembersOf(body, limit);
        if (members.Count > limit)
            return Refused(IntakeRefusals.TooManyEvents(limit));
        return (members.ConvertAll(member => Named(body.AsSpan(member), decodePlain(body.AsSpan(member), null, duplicate))), true, null);
    }

    private static DecodeResult Named(ReadOnlySpan<byte> member, DecodeResult decoded) =>
        decoded.Event is null ? decoded with { RefusedId = BatchBody.TryReadId(member) } : decoded;

    private static (IReadOnlyList<DecodeResult> Events, bool IsBatch, Rejection? Refusal) One(DecodeResult decoded) => ([decoded], false, null);

    private static (IReadOnlyList<DecodeResult> Events, bool IsBatch, Rejection? Refusal) Refused(Rejection refusal) => ([], false, refusal);
}

/// <summary>How an endpoint decodes plain JSON.</summary>
/// <param name="payload">The JSON of one event.</param>
/// <param name="topicDevice">Null over HTTP.</param>
/// <param name="possibleDuplicate">The sender may have sent it before.</param>
internal delegate DecodeResult PlainDecoder(ReadOnlySpan<byte> payload, string? topicDevice, bool possibleDuplicate);
