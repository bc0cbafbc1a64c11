using EventSourcing.EventBackbone;

namespace EventSourcing.WebEvents.Intake;

/// <summary>The dead letters of one batch; costs nothing while there are none. Not thread-safe.</summary>
internal sealed class DeadLetterBatch(EventPublisher publisher, IngressPath path) : IDisposable
{
    private static readonly Uri Source = new("/web-events", UriKind.Relative);
    private EventBatch? _batch;

    /// <summary>Dead letters added so far.</summary>
    public int Count { get; private set; }

    public void Add(DeadLetter letter)
    {
        _batch ??= publisher.CreateBatch(DeadLetter.Route, capacity: 4);
        _batch.Add(letter.ToCloudEvent(Source));
        Count++;
    }

    /// <summary>Adds bytes as they came; they are copied, for the request's buffer does not outlive it.</summary>
    public void Add(Rejection refusal, ReadOnlyMemory<byte> raw, string? contentType) =>
        Add(new DeadLetter(path.Origin, refusal, raw.ToArray(), contentType, Key: null));

    /// <summary>Completes when every dead letter has its receipt; says which found no place.</summary>
    public async ValueTask<LostDeadLetters> CompleteAsync(CancellationToken stop)
    {
        if (_batch is null)
            return default;
        var receipts = await _batch.CompleteAsync(stop);
        var lost = new LostDeadLetters();
        foreach (var receipt in receipts.Span)
        {
            if (receipt.Rejection is { } reason)
                lost = new LostDeadLetters(lost.Count + 1, lost.Reason ?? reason);
        }

        return lost;
    }

    public void Dispose() => _batch?.Dispose();
}
