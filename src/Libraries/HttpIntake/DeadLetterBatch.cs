using EventSourcing.EventBackbone;

namespace EventSourcing.HttpIntake;

/// <summary>The dead letters of one batch; costs nothing while there are none. Not thread-safe.</summary>
/// <param name="publisher">The backbone.</param>
/// <param name="source">CloudEvents <c>source</c> of the dead letters: the service.</param>
/// <param name="origin">Where the events came in.</param>
public sealed class DeadLetterBatch(EventPublisher publisher, Uri source, string origin) : IDisposable
{
    private EventBatch? _batch;

    /// <summary>Dead letters added so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a dead letter.</summary>
    public void Add(DeadLetter letter)
    {
        _batch ??= publisher.CreateBatch(DeadLetter.Route, capacity: 4);
        _batch.Add(letter.ToCloudEvent(source));
        Count++;
    }

    /// <summary>Adds bytes as they came; they are copied, for the request's buffer does not outlive it.</summary>
    public void Add(Rejection refusal, ReadOnlyMemory<byte> raw, string? contentType) =>
        Add(new DeadLetter(origin, refusal, raw.ToArray(), contentType, Key: null));

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

    /// <inheritdoc/>
    public void Dispose() => _batch?.Dispose();
}

/// <summary>Dead letters that found no place.</summary>
/// <param name="Count">How many.</param>
/// <param name="Reason">Why, for the first of them; null when there are none.</param>
public readonly record struct LostDeadLetters(int Count, Rejection? Reason);
