using EventSourcing.EventBackbone.Telemetry;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>The end: nothing new, then what can be flushed, then what can be spooled, then the truth about the rest.</summary>
internal sealed partial class RouteChannel
{
    /// <summary>Refuses from now on.</summary>
    public void BeginStop()
    {
        lock (_gate)
        {
            _isStopping = true;
            _waiters.WakeAll();
        }
    }

    /// <summary>True when nothing is on its way any more.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _queued + _draining == 0;
        }
    }

    /// <summary>True when it makes sense to wait for acknowledgements.</summary>
    public bool CanFlush
    {
        get
        {
            lock (_gate)
                return _isReachable || _writes + _copies > 0;
        }
    }

    /// <summary>Sends what is in flight to the spool where the profile has one; true when there is something to wait for.</summary>
    public bool SpoolRemaining()
    {
        lock (_gate)
        {
            if (!Settings.UsesSpool || _spool is null)
                return false;
            if (_inFlight.Count > 0)
                EnterSpooling("the service stops");
            return _writes + _copies > 0;
        }
    }

    /// <summary>Gives up what is neither stored nor on disk and tells its callers so.</summary>
    public void Close()
    {
        _transactions?.RefuseQueued();
        var givenUp = new List<Caller>();
        long dropped = 0;
        lock (_gate)
        {
            _isClosed = true;
            while (_waiting.RemoveFirst() is { } waiting)
                dropped += GiveUp(waiting, givenUp);
            for (var pending = _inFlight.First; pending is not null; pending = pending.Next)
                if (pending is { IsResolved: false, Copy: not SpoolCopy.Written })
                    dropped += GiveUp(pending, givenUp);
        }
        if (dropped > 0)
            Log.Dropped(_logger, Name, dropped, "the service stopped before Kafka acknowledged them");
        foreach (var caller in givenUp)
            Answer(caller, Receipt.Rejected(Name, Rejections.OutcomeUnknown));
    }

    private int GiveUp(PendingEvent pending, List<Caller> unanswered)
    {
        if (!pending.IsAnswered)
        {
            unanswered.Add(GiveUp(pending));
            return 0;
        }
        pending.IsResolved = true;
        BookQueuedToDropped();
        return 1;
    }
}
