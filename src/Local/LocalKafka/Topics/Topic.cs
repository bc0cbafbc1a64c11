using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Topics;

/// <summary>A topic with its partitions.</summary>
internal sealed class Topic(string name, Guid id, TopicConfig config, PartitionLog[] partitions)
{
    private volatile PartitionLog[] _partitions = partitions;
    private volatile TopicConfig _config = config;

    public string Name { get; } = name;

    public Guid Id { get; } = id;

    public IReadOnlyList<PartitionLog> Partitions => _partitions;

    public TopicConfig Config
    {
        get => _config;
        set
        {
            _config = value;
            foreach (var partition in _partitions)
                partition.Config = value.Log;
        }
    }

    public PartitionLog? Partition(int index) => _partitions is var all && (uint)index < (uint)all.Length ? all[index] : null;

    public void AddPartitions(IReadOnlyList<PartitionLog> added) => _partitions = [.. _partitions, .. added];
}
