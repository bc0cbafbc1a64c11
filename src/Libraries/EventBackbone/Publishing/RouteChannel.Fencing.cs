using System.Diagnostics;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>
/// What keeps the order of a route that refuses. When one event cannot be acknowledged, everything behind it shares its fate at once: all callers are
/// told that the outcome is unknown, and nothing new is accepted until the client has reported on every event it holds. The client itself never gives
/// an event up, so what it holds arrives in order, before anything that is sent again.
/// </summary>
internal sealed partial class RouteChannel
{
    private bool _isFenced;

    /// <summary>The client holds it no longer. The lock is held.</summary>
    private void Leave(PendingEvent pending)
    {
        _inFlight.Remove(pending);
        pending.IsAtKafka = false;
        if (_inFlight.Count == 0)
            _isFenced = false;
    }

    /// <summary>One event failed: those behind it must be reported before anything is accepted. The lock is held.</summary>
    private void Fence()
    {
        _isFenced = _inFlight.Count > 0;
        if (_isFenced)
            _waiters.WakeAll();                               // to be refused
    }

    /// <summary>Gives up on all that is in flight when the oldest has waited too long.</summary>
    private void FenceOverdue()
    {
        List<Caller>? callers = null;
        lock (_gate)
        {
            if (_isSpooling || _isClosed || Settings.UsesSpool || !IsOverdue(_inFlight.First))
                return;
            Fence();
            for (var pending = _inFlight.First; pending is not null; pending = pending.Next)
                if (pending is { IsResolved: false, IsAnswered: false })
                    (callers ??= new List<Caller>(_inFlight.Count)).Add(GiveUp(pending));
        }
        foreach (var caller in callers ?? [])
            Answer(caller, Receipt.Rejected(Name, Rejections.OutcomeUnknown));
    }

    private bool IsOverdue(PendingEvent? oldest) =>
        oldest is { IsResolved: false } && Stopwatch.GetElapsedTime(oldest.AcceptedAt) > Profile.DeliveryTimeout;

    // Its room stays taken until the client reports on it.
    private Caller GiveUp(PendingEvent pending)
    {
        pending.IsResolved = true;
        BookQueuedToRejected();
        return TakeCaller(pending);
    }

    /// <summary>The route was fenced between the event's acceptance and its way to the client: it must not follow one that failed.</summary>
    private bool TryFenceOff(PendingEvent pending, out Rejection? rejection)
    {
        rejection = null;
        if (!Volatile.Read(ref _isFenced))
            return false;
        lock (_gate)
        {
            if (!_isFenced)
                return false;
            Leave(pending);
            ReleaseBuffer(pending);
            if (pending.IsResolved)
                return true;                                  // its caller has been told
            if (pending.IsAnswered)
            {
                BookQueuedToDropped();
                return true;
            }
            BookQueuedToRejected();
            rejection = Rejections.Unreachable;
            return true;
        }
    }
}
