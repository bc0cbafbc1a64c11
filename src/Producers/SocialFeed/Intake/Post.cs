using CloudNative.CloudEvents;
using EventSourcing.SocialFeed.Webhooks;

namespace EventSourcing.SocialFeed.Intake;

/// <summary>A post as its event, whichever way it came.</summary>
/// <param name="Event">The event.</param>
/// <param name="Content">Its data when they are not in the event.</param>
internal sealed record Post(CloudEvent Event, PostContent Content);

/// <summary>Where a post came in.</summary>
/// <param name="Path">The way, in telemetry: <c>http</c> or <c>stream</c>.</param>
/// <param name="Origin">The place, in dead letters.</param>
/// <param name="Received">When.</param>
internal sealed record Arrival(string Path, string Origin, DateTimeOffset Received)
{
    /// <summary>A call of a webhook.</summary>
    public static Arrival At(Feed feed, DateTimeOffset received) => new("http", feed.Origin, received);

    /// <summary>An event of a stream.</summary>
    public static Arrival From(string stream, DateTimeOffset received) => new("stream", $"stream {stream}", received);
}
