using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>A topic as CreateTopics describes it.</summary>
internal sealed record NewTopic(string Name, int PartitionCount, short ReplicationFactor, List<List<int>> Assignments, List<(string Name, string? Value)> Configs)
{
    public static NewTopic Read(KafkaReader body)
    {
        var topic = new NewTopic(
            body.ReadString(),
            body.ReadInt32(),
            body.ReadInt16(),
            body.ReadArray(ReadAssignment),
            body.ReadArray(ReadConfig));
        body.SkipTags();
        return topic;
    }

    public int Partitions(int defaultPartitions)
    {
        if (Assignments.Count > 0)
            return Assignments.Count;
        return PartitionCount == -1 ? defaultPartitions : PartitionCount;
    }

    /// <summary>What was set; a null value leaves the default.</summary>
    public IEnumerable<KeyValuePair<string, string>> ConfigValues() =>
        Configs.Where(config => config.Value is not null).Select(config => KeyValuePair.Create(config.Name, config.Value!));

    /// <summary>Null when one broker can hold the replicas that are asked for.</summary>
    public AdminResult? CheckReplication()
    {
        if (Assignments.Count > 0 && Assignments.Exists(brokers => brokers is not [1]))
            return new AdminResult(ErrorCode.InvalidReplicaAssignment, "There is one broker, with id 1; every partition must be assigned to it alone.");
        if (Assignments.Count == 0 && ReplicationFactor is not (1 or -1))
            return new AdminResult(ErrorCode.InvalidReplicationFactor, $"There is one broker: the replication factor must be 1 or -1, not {ReplicationFactor}.");
        return null;
    }

    private static List<int> ReadAssignment(KafkaReader body)
    {
        body.ReadInt32(); // partition index
        var brokers = body.ReadArray(static reader => reader.ReadInt32());
        body.SkipTags();
        return brokers;
    }

    private static (string Name, string? Value) ReadConfig(KafkaReader body)
    {
        var config = (body.ReadString(), body.ReadNullableString());
        body.SkipTags();
        return config;
    }
}
