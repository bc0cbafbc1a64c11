using EventSourcing.CloudEvents.Http;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;

namespace EventSourcing.WebEvents.Endpoints;

/// <summary>What the headers of a request announce.</summary>
internal static class RequestMode
{
    private const string Events =
        "application/cloudevents+json, application/cloudevents-batch+json, or application/json with ce- headers, in UTF-8 and not compressed";

    private const string Beacons = "a JSON array of CloudEvents as text/plain or application/json, in UTF-8 and not compressed";

    /// <summary>The content mode of <c>POST /events</c>; returns why the request is not taken, null when it is.</summary>
    public static Rejection? Detect(HttpRequest request, out HttpContentMode mode)
    {
        mode = HttpCloudEvents.DetectMode(request.ContentType);
        var expected = mode switch
        {
            HttpContentMode.Structured => "application/cloudevents+json",
            HttpContentMode.Batch => "application/cloudevents-batch+json",
            _ => "application/json",
        };
        var taken = RequestContent.IsPlainUtf8(request, out var mediaType) && mediaType.Equals(expected, StringComparison.OrdinalIgnoreCase)
            && (mode != HttpContentMode.Binary || request.Headers.ContainsKey("ce-specversion"));
        return taken ? null : IntakeRefusals.UnsupportedContentType(request.ContentType, Events);
    }

    /// <summary>Why a request to <c>POST /beacon</c> is not taken, null when it is.</summary>
    public static Rejection? CheckBeacon(HttpRequest request)
    {
        var taken = RequestContent.IsPlainUtf8(request, out var mediaType)
            && mediaType is "text/plain" or "application/json" or "application/cloudevents-batch+json";
        return taken ? null : IntakeRefusals.UnsupportedContentType(request.ContentType, Beacons);
    }
}
