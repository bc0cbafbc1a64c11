using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 23: where a leader epoch ends. There is one epoch, and it ends where the log does.</summary>
internal sealed class OffsetForLeaderEpochApi(TopicCatalogue topics) : SynchronousApi
{
    public override ApiKey Key => ApiKey.OffsetForLeaderEpoch;

    public override VersionRange Versions { get; } = new(2, 4, FirstFlexible: 4);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        if (version >= 3)
            body.ReadInt32(); // replica id
        var asked = body.ReadArray(ReadTopic);
        response.WriteInt32(0);
        response.WriteArray(asked, (writer, topic) =>
        {
            writer.WriteString(topic.Name);
            writer.WriteArray(topic.Partitions, (inner, partition) => WritePartition(inner, partition, topics.FindPartition(topic.Name, partition.Index)));
            writer.WriteTags();
        });
        response.WriteTags();
    }

    private static (string Name, List<Asked> Partitions) ReadTopic(KafkaReader body)
    {
        var topic = (body.ReadString(), body.ReadArray(static reader =>
        {
            var partition = new Asked(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            reader.SkipTags();
            return partition;
        }));
        body.SkipTags();
        return topic;
    }

    private static void WritePartition(KafkaWriter response, Asked asked, PartitionLog? log)
    {
        var error = (log, asked.CurrentLeaderEpoch) switch
        {
            (null, _) => ErrorCode.UnknownTopicOrPartition,
            (_, > PartitionLog.LeaderEpoch) => ErrorCode.UnknownLeaderEpoch,
            _ => ErrorCode.None,
        };
        var isKnown = error == ErrorCode.None && asked.LeaderEpoch == PartitionLog.LeaderEpoch;
        response.WriteError(error);
        response.WriteInt32(asked.Index);
        response.WriteInt32(isKnown ? PartitionLog.LeaderEpoch : -1);
        response.WriteInt64(isKnown ? log!.EndOffset : -1);
        response.WriteTags();
    }

    private readonly record struct Asked(int Index, int CurrentLeaderEpoch, int LeaderEpoch);
}
