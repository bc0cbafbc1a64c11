namespace EventSourcing.EventBackbone.Publishing;

internal sealed partial class RouteChannel
{
    private long _accepted;
    private long _stored;
    private long _queued;
    private long _spooled;
    private long _deadLettered;
    private long _dropped;
    private long _rejected;

    // Every method moves one event between two columns; the lock is held.
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
