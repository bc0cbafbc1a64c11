using CloudNative.CloudEvents;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>The events of a batch that is one transaction: gathered until the batch is complete, refused as a whole by the first that is refused.</summary>
internal sealed class BatchTransaction(RouteChannel channel)
{
    private readonly List<PendingEvent> _events = [];
    private long _bytes;

    /// <summary>Why nothing of the batch will be published; null while it may.</summary>
    public Rejection? Refusal { get; private set; }

    public void Add(CloudEvent cloudEvent, IReceiptSink sink, int index, bool possibleDuplicate)
    {
        if (Refusal is not null)
        {
            channel.CountRejected();
            return;
        }
        var pending = PendingPool.Rent();
        if (RecordFactory.TryPrepare(channel, cloudEvent, possibleDuplicate, pending) is { } rejection)
        {
            RouteChannel.Discard(pending);
            Refuse(rejection);
            return;
        }
        (pending.Sink, pending.SinkIndex) = (sink, index);
        _events.Add(pending);
        _bytes += pending.Bytes;
        if (channel.IsTooLarge(_events.Count, _bytes))
            Refuse(channel.Rejections.TransactionTooLarge);
    }

    /// <summary>Gives up what was gathered; the first reason stays.</summary>
    public void Refuse(Rejection rejection)
    {
        Refusal ??= rejection;
        channel.CountRejected(_events.Count);
        Discard();
    }

    /// <summary>Hands over what was gathered, once; returns why not, or null: then every event's receipt comes.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled while the batch waited for room; nothing was accepted.</exception>
    public async ValueTask<Rejection?> SubmitAsync(CancellationToken stop)
    {
        for (var woken = false; Refusal is null && _events.Count > 0; woken = true)
        {
            var rejection = channel.TryAccept(_events, _bytes, woken, out var room);
            if (rejection is null && room is null)
                _events.Clear();                              // they are the route's now
            else if (rejection is not null)
                Discard(rejection);
            else
                await WaitAsync(room!, stop);
        }
        return Refusal;
    }

    /// <summary>Forgets what was never handed over.</summary>
    public void Discard()
    {
        foreach (var pending in _events)
            RouteChannel.Discard(pending);
        _events.Clear();
    }

    private void Discard(Rejection rejection)
    {
        Refusal = rejection;                                  // counted by the route
        Discard();
    }

    private async Task WaitAsync(Task room, CancellationToken stop)
    {
        try
        {
            await room.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            channel.StopWaiting(room);
            Discard();
            throw;
        }
    }
}
