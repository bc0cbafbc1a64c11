namespace EventSourcing.LocalKafka.Storage;

/// <summary>A partition of a topic; its folder is named <c>topic-partition</c>, as in Kafka.</summary>
internal readonly record struct TopicPartition(string Topic, int Partition)
{
    public override string ToString() => $"{Topic}-{Partition}";
}
