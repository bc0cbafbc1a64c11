namespace EventSourcing.EventBackbone.Publishing;

/// <summary>The books: every event is in exactly one column at any moment.</summary>
internal sealed partial class RouteChannel
{
    private long _accepted;
    private long _stored;
    private long _queued;
    private long _spooled;
    private long _deadLettered;
    private long _dropped;
    private long _rejected;

    /// <summary>Notes events that were refused before they came here.</summary>
    public void CountRejected(int events = 1)
    {
        lock (_gate)
            _rejected += events;
    }

    /// <summary>Gives back what an event that was not accepted had taken.</summary>
    public static void Discard(PendingEvent pending)
    {
        EndSpan(pending, "rejected");
        if (pending.Copy == SpoolCopy.None)
            PendingPool.Return(pending);
    }

    /// <summary>The books, all of one moment.</summary>
    public RouteStatistics GetStatistics()
    {
        lock (_gate)
            return new RouteStatistics(
                Name, _accepted, _stored, _queued, _spooled, _deadLettered, _dropped, _rejected, _bufferBytes, _spoolBytes, _isSpooling);
    }

    // Every method below moves one event between two columns; the lock is held.
    private void BookQueuedToStored()
    {
        _queued--;
        _stored++;
    }

    private void BookQueuedToSpooled()
    {
        _queued--;
        _spooled++;
    }

    private void BookSpooledToStored()
    {
        _spooled--;
        _stored++;
    }

    private void BookQueuedToDropped()
    {
        _queued--;
        _dropped++;
    }

    /// <summary>The event had entered the buffer, and its caller is told that it was not accepted.</summary>
    private void BookQueuedToRejected()
    {
        _queued--;
        _accepted--;
        _rejected++;
    }
}
