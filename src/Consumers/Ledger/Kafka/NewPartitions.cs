using System.Collections.Concurrent;
using Confluent.Kafka;

namespace EventSourcing.Ledger;

/// <summary>Partitions found by <see cref="PartitionWatcher"/>, on their way to <see cref="TopicReader"/>. As many as there are partitions.</summary>
internal sealed class NewPartitions
{
    private readonly ConcurrentQueue<TopicPartitionOffset> _found = new();

    public void Add(TopicPartitionOffset start) => _found.Enqueue(start);

    public IReadOnlyList<TopicPartitionOffset> TakeAll()
    {
        if (_found.IsEmpty)
            return [];
        var all = new List<TopicPartitionOffset>();
        while (_found.TryDequeue(out var start))
            all.Add(start);
        return all;
    }
}
