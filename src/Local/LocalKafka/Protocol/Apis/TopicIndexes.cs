namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>A topic and some of its partitions.</summary>
internal sealed record TopicIndexes(string Name, List<int> Partitions)
{
    public static TopicIndexes Read(KafkaReader body)
    {
        var topic = new TopicIndexes(body.ReadString(), body.ReadArray(static reader => reader.ReadInt32()));
        body.SkipTags();
        return topic;
    }
}
