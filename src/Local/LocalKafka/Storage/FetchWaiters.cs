namespace EventSourcing.LocalKafka.Storage;

/// <summary>The fetches that wait for one partition. Costs an append one volatile read while nobody waits.</summary>
internal sealed class FetchWaiters
{
    private readonly Lock _gate = new();
    private readonly List<FetchWaiter> _waiters = [];
    private volatile int _count;

    public void Add(FetchWaiter waiter)
    {
        lock (_gate)
        {
            _waiters.Add(waiter);
            _count = _waiters.Count;
        }
    }

    public void Remove(FetchWaiter waiter)
    {
        lock (_gate)
        {
            _waiters.Remove(waiter);
            _count = _waiters.Count;
        }
    }

    public void OnAppended(long bytes, StableBytes stable)
    {
        // The end of the log is written before and a fetch reads it again after Add: one of the two sees the other.
        Interlocked.MemoryBarrier();
        if (_count == 0)
            return;
        lock (_gate)
        {
            foreach (var waiter in _waiters)
                waiter.OnAppended(bytes, stable);
        }
    }

    /// <summary>Ends all waits: the partition is closed or deleted, and the fetch finds out when it looks again.</summary>
    public void CompleteAll()
    {
        lock (_gate)
        {
            foreach (var waiter in _waiters)
                waiter.Complete();
        }
    }
}
