using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.SocialFeed.Telemetry;

namespace EventSourcing.SocialFeed.Intake;

/// <summary>
/// Posts that came together, published together, each with its own receipt in the order they were added. Once one is refused for now, those behind it
/// are, too, so that none overtakes another. Not thread-safe.
/// </summary>
internal sealed class PostBatch(
    EventPublisher publisher, PostPreparation preparation, DeadLetters deadLetters, SocialFeedTelemetry telemetry, Arrival arrival, int capacity) : IDisposable
{
    private readonly EventBatch _events = publisher.CreateBatch(Routes.SocialPosts, capacity);
    private readonly List<string?> _ids = new(capacity);
    private Rejection? _hold;

    /// <summary>The ids of the events in order; null where an event had none that could be read.</summary>
    public IReadOnlyList<string?> Ids => _ids;

    /// <summary>Hands a post over at once, or notes why it is refused; what can never be a post is buried.</summary>
    public async ValueTask AddAsync(Post post, CancellationToken stop)
    {
        var id = post.Event.Id;
        using var accepting = telemetry.StartAccept(post.Event);
        var isCopy = Redelivery.Take(post.Event);
        var refusal = _hold ?? await preparation.PrepareAsync(post, arrival.Received, stop);
        if (refusal is not null)
        {
            Refuse(id, refusal);
            if (refusal.Kind == RejectionKind.Poison)
                await deadLetters.BuryAsync(post, refusal, arrival.Origin, stop);
            return;
        }

        _ids.Add(id);
        _events.Add(post.Event, isCopy);
    }

    /// <summary>Notes bytes that are no event and buries them.</summary>
    public async ValueTask AddUnreadableAsync(ReadOnlyMemory<byte> bytes, string? id, Rejection refusal, CancellationToken stop)
    {
        Refuse(id, refusal);
        await deadLetters.BuryAsync(bytes, JsonData.ContentType, key: null, refusal, arrival.Origin, stop);
    }

    /// <summary>Completes when every post has its receipt. Valid until the batch is disposed.</summary>
    public async ValueTask<ReadOnlyMemory<Receipt>> CompleteAsync(CancellationToken stop)
    {
        var receipts = await _events.CompleteAsync(stop);
        telemetry.Count(arrival.Path, receipts.Span);
        return receipts;
    }

    public void Dispose() => _events.Dispose();

    private void Refuse(string? id, Rejection refusal)
    {
        _ids.Add(id);
        _events.AddRejected(refusal);
        if (refusal.Kind != RejectionKind.Poison)
            _hold = refusal;
    }
}
