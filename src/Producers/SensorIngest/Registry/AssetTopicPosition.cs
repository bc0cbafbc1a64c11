using Confluent.Kafka;

namespace EventSourcing.SensorIngest.Registry;

/// <summary>How far the reader has come, per partition, and who waits until it has come further. Thread-safe.</summary>
internal sealed class AssetTopicPosition
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, long> _next = [];
    private readonly List<(IReadOnlyDictionary<int, long> Ends, TaskCompletionSource Reached)> _waiting = [];

    /// <summary>Everything before <paramref name="next"/> has been read.</summary>
    public void Advance(Partition partition, Offset next)
    {
        lock (_gate)
        {
            _next[partition.Value] = next.Value;
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (!HasReached(_waiting[i].Ends))
                    continue;
                _waiting[i].Reached.TrySetResult();
                _waiting.RemoveAt(i);
            }
        }
    }

    /// <summary>Completes when everything before <paramref name="ends"/> has been read.</summary>
    public async Task WaitAsync(IReadOnlyDictionary<int, long> ends, CancellationToken stop)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (HasReached(ends))
                return;
            _waiting.Add((ends, reached));
        }

        try
        {
            await reached.Task.WaitAsync(stop);
        }
        finally
        {
            lock (_gate)
                _waiting.RemoveAll(waiter => ReferenceEquals(waiter.Reached, reached));
        }
    }

    private bool HasReached(IReadOnlyDictionary<int, long> ends)
    {
        foreach (var (partition, end) in ends)
        {
            if (end > 0 && _next.GetValueOrDefault(partition) < end)
                return false;
        }

        return true;
    }
}
