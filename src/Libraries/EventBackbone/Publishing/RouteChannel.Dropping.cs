using EventSourcing.EventBackbone.Telemetry;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>
/// What <see cref="Overflow.DropOldest"/> adds: what the client has cannot be withdrawn, so most of the buffer waits here, where the oldest
/// can give way, and only a window of events is handed on.
/// </summary>
internal sealed partial class RouteChannel
{
    private readonly Lock _pump = new();
    private readonly PendingList _waiting = new();

    private int Window => Math.Clamp(Profile.BufferEvents / 2, 1, 1_000);

    /// <summary>Drops the oldest waiting events until the new one fits; false when that is not how this route overflows, or not enough.</summary>
    private bool MakeRoom(int bytes)
    {
        while (Profile.Overflow == Overflow.DropOldest && _waiting.RemoveFirst() is { } oldest)
        {
            BookQueuedToDropped();
            ReleaseBuffer(oldest);
            EndSpan(oldest, "dropped");
            PendingPool.Return(oldest);
            if (HasRoom(bytes, woken: false))
                return true;
        }
        return false;
    }

    /// <summary>Hands waiting events to the client, in order: only one thread at a time.</summary>
    private Rejection? Pump()
    {
        lock (_pump)
            while (NextWaiting() is { } pending)
                if (!HandWaitingToKafka(pending))
                    break;
        return null;
    }

    private PendingEvent? NextWaiting()
    {
        lock (_gate)
        {
            if (_inFlight.Count >= Window || !_isReachable || _waiting.RemoveFirst() is not { } pending)
                return null;
            _inFlight.AddLast(pending);
            return pending;
        }
    }

    private bool HandWaitingToKafka(PendingEvent pending)
    {
        if (TryProduce(pending, out var error))
            return true;
        lock (_gate)
        {
            Leave(pending);
            if (error!.Code == Confluent.Kafka.ErrorCode.Local_QueueFull)
            {
                _waiting.AddFirst(pending);                   // the next report pumps again
                return false;
            }
            BookQueuedToDropped();
            ReleaseBuffer(pending);
        }
        Log.Dropped(_logger, Name, 1, error.Reason);
        EndSpan(pending, error.Code.ToString());
        PendingPool.Return(pending);
        return true;
    }
}
