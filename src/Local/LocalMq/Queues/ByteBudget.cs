namespace EventSourcing.LocalMq.Queues;

/// <summary>A bound of bytes that many share. Thread-safe.</summary>
internal sealed class ByteBudget(long limit)
{
    private long _used;

    /// <summary>True when nothing more may be taken.</summary>
    public bool IsFull => Volatile.Read(ref _used) >= limit;

    /// <summary>Bytes in use.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <summary>Takes bytes; false, and nothing taken, when they do not fit.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= limit)
            return true;
        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    /// <summary>Takes bytes that are there already, whether or not they fit.</summary>
    public void Take(long bytes) => Interlocked.Add(ref _used, bytes);

    /// <summary>Gives bytes back.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _used, -bytes);
}
