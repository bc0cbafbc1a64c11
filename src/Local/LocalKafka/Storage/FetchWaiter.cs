namespace EventSourcing.LocalKafka.Storage;

/// <summary>A fetch that waits until enough bytes that it may see were appended to its partitions, or its time is over, or the broker stops.</summary>
internal sealed class FetchWaiter(long missingBytes, IsolationLevel isolation)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _missingBytes = missingBytes;

    public void OnAppended(long bytes, StableBytes stable)
    {
        if (isolation == IsolationLevel.ReadCommitted && stable != StableBytes.AsAppended)
            bytes = stable == StableBytes.Released ? long.MaxValue / 2 : 0;
        if (Interlocked.Add(ref _missingBytes, -bytes) <= 0)
            Complete();
    }

    public void Complete() => _done.TrySetResult();

    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken stop)
    {
        if (_done.Task.IsCompleted)
            return;
        await using var timer = time.CreateTimer(static waiter => ((FetchWaiter)waiter!).Complete(), this, longest, Timeout.InfiniteTimeSpan);
        await using var stopping = stop.UnsafeRegister(static waiter => ((FetchWaiter)waiter!).Complete(), this);
        await _done.Task;
    }
}
