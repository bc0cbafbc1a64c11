using EventSourcing.CloudEvents.Http;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.SocialFeed.Intake;

namespace EventSourcing.SocialFeed.Webhooks;

/// <summary>The shape of a request's body.</summary>
internal enum PostMode
{
    /// <summary>The data of a post whose attributes are in <c>ce-</c> headers.</summary>
    Binary,

    /// <summary>A CloudEvent as JSON.</summary>
    Structured,

    /// <summary>An array of CloudEvents as JSON.</summary>
    Batch,

    /// <summary>A post that is no CloudEvent.</summary>
    Plain,
}

/// <summary>What the headers of a request announce.</summary>
internal static class PostModes
{
    private const string Taken = "any media type, not compressed; of CloudEvents formats only JSON in UTF-8";

    /// <summary>The mode; returns why the request is not taken, null when it is.</summary>
    public static Rejection? Detect(HttpRequest request, out PostMode mode)
    {
        var announced = HttpCloudEvents.DetectMode(request.ContentType);
        mode = announced switch
        {
            HttpContentMode.Batch => PostMode.Batch,
            HttpContentMode.Structured => PostMode.Structured,
            _ => request.Headers.ContainsKey("ce-specversion") ? PostMode.Binary : PostMode.Plain,
        };
        var isTaken = mode is PostMode.Batch or PostMode.Structured
            ? RequestContent.IsPlainUtf8(request, out _)
            : ContentTypes.IsWellFormed(request.ContentType) && !IsOtherFormat(request.ContentType) && IsNotCompressed(request);
        return isTaken ? null : IntakeRefusals.UnsupportedContentType(request.ContentType, Taken);
    }

    private static bool IsOtherFormat(string? contentType) =>
        contentType?.TrimStart().StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsNotCompressed(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0 || request.Headers.ContentEncoding == "identity";
}
