namespace EventSourcing.Warehouse.Stock;

/// <summary>How many movements all terminals together may still make. Thread-safe.</summary>
internal sealed class Quota(long count)
{
    private long _left = count == 0 ? long.MaxValue : count;

    /// <summary>None is left.</summary>
    public bool IsDone => Volatile.Read(ref _left) <= 0;

    /// <summary>Takes one; false when none is left.</summary>
    public bool TryTake() => Interlocked.Decrement(ref _left) >= 0;
}
