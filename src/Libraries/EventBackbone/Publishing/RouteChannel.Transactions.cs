using EventSourcing.EventBackbone.Transactions;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>Events that are accepted together or not at all.</summary>
internal sealed partial class RouteChannel
{
    /// <summary>True when a batch is one transaction.</summary>
    public bool IsTransactional => _transactions is not null;

    /// <summary>Why this route will never store again in this process; null while it may.</summary>
    public string? Failure => _transactions?.Failure;

    /// <summary>True when no buffer of this route can ever hold that much.</summary>
    public bool IsTooLarge(int events, long bytes) => events > Profile.BufferEvents || bytes > Profile.BufferBytes;

    /// <summary>As <see cref="TryAccept(PendingEvent, bool, out Task)"/>, for all of <paramref name="group"/>; it has at least one event.</summary>
    public Rejection? TryAccept(IReadOnlyList<PendingEvent> group, long bytes, bool woken, out Task? room)
    {
        lock (_gate)
        {
            var rejection = Admit(group, bytes, woken, out room);
            if (rejection is not null)
                _rejected += group.Count;
            if (rejection is not null || room is not null)
                return rejection;
        }
        return HandToTransaction(group);
    }

    private Rejection? Admit(IReadOnlyList<PendingEvent> group, long bytes, bool woken, out Task? room)
    {
        room = null;
        if (_isStopping)
            return Rejections.Stopping;
        if (Failure is not null)
            return Rejections.Fenced;
        if (!_isReachable || _isFenced)
            return Rejections.Unreachable;
        var fits = _bufferEvents + group.Count <= Profile.BufferEvents && _bufferBytes + bytes <= Profile.BufferBytes;
        if (!fits || (!woken && _waiters.Count > 0))
            return Full(Rejections.BufferFull, woken, out room);
        foreach (var pending in group)
        {
            Enter(pending);
            _inFlight.AddLast(pending);
        }
        if (woken && _waiters.Count > 0 && HasRoom(1, woken: true))
            _waiters.WakeFirst();
        return null;
    }

    private Rejection? HandToTransaction(IReadOnlyList<PendingEvent> group)
    {
        if (TryFenceOff(group, out var fenced))
            return fenced;
        var records = new TransactionRecord[group.Count];
        for (var index = 0; index < records.Length; index++)
            records[index] = new TransactionRecord(group[index].Record, group[index].Delivered);
        _transactions!.Produce(records);
        return null;                                          // and the events may be gone from here on
    }

    // As for one event: something older failed meanwhile, and these must not follow it.
    private bool TryFenceOff(IReadOnlyList<PendingEvent> group, out Rejection? rejection)
    {
        rejection = null;
        if (!Volatile.Read(ref _isFenced))
            return false;
        lock (_gate)
        {
            if (!_isFenced)
                return false;
            foreach (var pending in group)
            {
                Leave(pending);
                ReleaseBuffer(pending);
                if (pending.IsResolved)
                    continue;                                 // its caller has been told
                BookQueuedToRejected();
                rejection = Rejections.Unreachable;
            }
            return true;
        }
    }
}
