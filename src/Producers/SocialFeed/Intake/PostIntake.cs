using EventSourcing.EventBackbone;
using EventSourcing.SocialFeed.Telemetry;

namespace EventSourcing.SocialFeed.Intake;

/// <summary>The way of posts from whoever brought them to their topic or to the dead letters.</summary>
internal sealed class PostIntake(EventPublisher publisher, PostPreparation preparation, DeadLetters deadLetters, SocialFeedTelemetry telemetry)
{
    /// <summary>Starts a batch of posts that came together.</summary>
    public PostBatch CreateBatch(Arrival arrival, int capacity) => new(publisher, preparation, deadLetters, telemetry, arrival, capacity);

    /// <summary>Buries a body that is no post, and counts it.</summary>
    public async ValueTask BuryAsync(ReadOnlyMemory<byte> bytes, string? contentType, Rejection refusal, Arrival arrival, CancellationToken stop)
    {
        telemetry.Count(arrival.Path, [Receipt.Rejected(Routes.SocialPosts.Name, refusal)]);
        await deadLetters.BuryAsync(bytes, contentType, key: null, refusal, arrival.Origin, stop);
    }
}
