using Confluent.Kafka;

namespace EventSourcing.EventBackbone.Consuming;

/// <summary>
/// Between the poll thread and the handler: bounded per partition, in order per partition, fair between partitions. A full partition is to
/// be paused, and resumed when it is half empty. Revoked partitions forget their records.
/// </summary>
internal sealed class Inbox(ConsumingOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TopicPartition, PartitionInbox> _partitions = [];
    private readonly SemaphoreSlim _filled = new(0, 1);
    private int _next;
    private int _inHand;

    public void Assign(IEnumerable<TopicPartition> partitions)
    {
        lock (_gate)
            foreach (var partition in partitions)
                _partitions[partition] = new PartitionInbox(partition);
    }

    public void Revoke(IEnumerable<TopicPartition> partitions)
    {
        lock (_gate)
            foreach (var partition in partitions)
                _partitions.Remove(partition);
    }

    /// <summary>Takes the record; true when its partition is to be paused.</summary>
    public bool Add(ConsumedRecord record)
    {
        lock (_gate)
        {
            if (!_partitions.TryGetValue(record.TopicPartition, out var partition))
                return false;                                 // revoked while the record was on its way
            partition.Add(record);
            if (_filled.CurrentCount == 0)
                _filled.Release();
            if (partition.IsPaused || !IsFull(partition))
                return false;
            partition.IsPaused = true;
            return true;
        }
    }

    /// <summary>The partitions that were paused and have room again.</summary>
    public IReadOnlyList<TopicPartition> TakeResumable()
    {
        lock (_gate)
        {
            List<TopicPartition>? resumable = null;
            foreach (var partition in _partitions.Values)
                if (partition.IsPaused && partition.Count <= options.InboxRecords / 2 && partition.Bytes <= options.InboxBytes / 2)
                {
                    partition.IsPaused = false;
                    (resumable ??= []).Add(partition.Partition);
                }
            return resumable ?? (IReadOnlyList<TopicPartition>)[];
        }
    }

    /// <summary>Waits for records and takes up to a batch of them.</summary>
    public async ValueTask<List<ReceivedEvent>> TakeAsync(CancellationToken stop)
    {
        while (true)
        {
            var batch = TryTake();
            if (batch.Count > 0)
                return batch;
            await _filled.WaitAsync(stop);
        }
    }

    /// <summary>True while the record's partition has not been revoked since it came.</summary>
    public bool IsCurrent(ConsumedRecord record)
    {
        lock (_gate)
            return _partitions.TryGetValue(record.TopicPartition, out var partition)
                && partition.InHand > 0 && partition.HandledBefore <= record.Offset.Value;
    }

    /// <summary>The batch is done, whether its offsets could be stored or not.</summary>
    public void Release(IReadOnlyList<TopicPartitionOffset> handled)
    {
        lock (_gate)
        {
            foreach (var offset in handled)
                if (_partitions.TryGetValue(offset.TopicPartition, out var partition))
                    (partition.HandledBefore, partition.InHand) = (offset.Offset.Value, 0);
            _inHand = 0;
        }
    }

    /// <summary>True while the handler has a batch.</summary>
    public bool IsBusy => Volatile.Read(ref _inHand) > 0;

    public void NoteEnd(TopicPartitionOffset end)
    {
        lock (_gate)
            if (_partitions.TryGetValue(end.TopicPartition, out var partition))
                partition.EndSeen = end.Offset.Value;
    }

    /// <summary>Each assigned partition with its position (-1 when unknown) and what waits in it.</summary>
    public IReadOnlyList<PartitionState> GetState()
    {
        lock (_gate)
            return _partitions.Values
                .Select(partition => new PartitionState(partition.Partition, partition.Position, partition.Count, partition.IsPaused)).ToArray();
    }

    public void Dispose() => _filled.Dispose();

    private List<ReceivedEvent> TryTake()
    {
        lock (_gate)
        {
            var batch = new List<ReceivedEvent>();
            var partitions = _partitions.Values.ToArray();
            for (var turn = 0; turn < partitions.Length; turn++)
            {
                var partition = partitions[(_next + turn) % partitions.Length];
                var share = Math.Max(1, options.BatchRecords / partitions.Length);
                for (; partition.Count > 0 && batch.Count < options.BatchRecords && share > 0; share--)
                    batch.Add(new ReceivedEvent(partition.Take()));
            }
            _next++;
            _inHand = batch.Count;
            return batch;
        }
    }

    private bool IsFull(PartitionInbox partition) => partition.Count >= options.InboxRecords || partition.Bytes >= options.InboxBytes;
}

/// <summary>Where a consumer stands in one partition.</summary>
internal readonly record struct PartitionState(TopicPartition Partition, long Position, int Waiting, bool IsPaused);
