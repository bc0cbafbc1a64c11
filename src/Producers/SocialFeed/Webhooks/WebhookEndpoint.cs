using EventSourcing.HttpIntake;
using EventSourcing.SocialFeed.Options;
using EventSourcing.SocialFeed.Telemetry;
using Microsoft.Extensions.Options;

namespace EventSourcing.SocialFeed.Webhooks;

/// <summary><c>POST /webhooks/{feed}</c>: finds the feed and the shape of the body; nothing of a body is believed before its signature holds.</summary>
internal sealed class WebhookEndpoint(
    Feeds feeds, JsonPosts json, RawPosts raw, IOptions<WebhookOptions> options, SocialFeedTelemetry telemetry, TimeProvider time, ILogger<WebhookEndpoint> logger)
{
    private const string UnknownFeed = "urn:eventsourcing:unknown-feed";

    public async Task<IResult> PostAsync(string feedName, HttpRequest request, CancellationToken stop)
    {
        if (feeds.Find(feedName) is not { } feed)
            return TypedResults.Problem("There is no such feed.", statusCode: StatusCodes.Status404NotFound, type: UnknownFeed);
        var received = time.GetUtcNow();
        using var signature = WebhookSignature.Begin(request.Headers, feed.Keys, received, options.Value.Tolerance, out var reason);
        if (signature is null)
            return Refuse(feed, reason, request.HttpContext.Response);
        if (PostModes.Detect(request, out var mode) is { } unsupported)
            return new RefusalResult(unsupported);
        var answer = mode is PostMode.Structured or PostMode.Batch
            ? await json.TakeAsync(request, feed, signature, mode, received, stop)
            : await raw.TakeAsync(request, feed, signature, mode, received, stop);
        return answer ?? Refuse(feed, Unauthenticated.NoFit, request.HttpContext.Response);
    }

    private IResult Refuse(Feed feed, string reason, HttpResponse response)
    {
        telemetry.Unauthenticated(feed.Name);
        Log.Unauthenticated(logger, feed.Name, reason);
        return Unauthenticated.Because(reason, response);
    }
}
