using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 2: the first, the next or the earliest offset with at least a given timestamp, or the one with the greatest timestamp.</summary>
internal sealed class ListOffsetsApi(TopicCatalogue topics) : SynchronousApi
{
    public override ApiKey Key => ApiKey.ListOffsets;

    public override VersionRange Versions { get; } = new(1, 7, FirstFlexible: 6);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        body.ReadInt32(); // replica id
        var isolation = version >= 2 ? (IsolationLevel)body.ReadInt8() : IsolationLevel.ReadUncommitted;
        var asked = body.ReadArray(reader => ReadTopic(reader, version));

        if (version >= 2)
            response.WriteInt32(0);
        response.WriteArray(asked, (writer, topic) =>
        {
            writer.WriteString(topic.Name);
            writer.WriteArray(topic.Partitions, (inner, partition) => WritePartition(inner, version, topic.Name, partition, isolation));
            writer.WriteTags();
        });
        response.WriteTags();
    }

    private static (string Name, List<Asked> Partitions) ReadTopic(KafkaReader body, short version)
    {
        var topic = (body.ReadString(), body.ReadArray(reader =>
        {
            var index = reader.ReadInt32();
            var leaderEpoch = version >= 4 ? reader.ReadInt32() : -1;
            var partition = new Asked(index, leaderEpoch, reader.ReadInt64());
            reader.SkipTags();
            return partition;
        }));
        body.SkipTags();
        return topic;
    }

    private void WritePartition(KafkaWriter response, short version, string topic, Asked asked, IsolationLevel isolation)
    {
        var (error, found) = (topics.FindPartition(topic, asked.Index), asked.LeaderEpoch) switch
        {
            (null, _) => (ErrorCode.UnknownTopicOrPartition, OffsetAndTimestamp.None),
            (_, > PartitionLog.LeaderEpoch) => (ErrorCode.UnknownLeaderEpoch, OffsetAndTimestamp.None),
            var (log, _) => (ErrorCode.None, TimestampSearch.Find(log, asked.Timestamp, isolation)),
        };
        response.WriteInt32(asked.Index);
        response.WriteError(error);
        response.WriteInt64(found.Timestamp);
        response.WriteInt64(found.Offset);
        if (version >= 4)
            response.WriteInt32(found.Offset < 0 ? -1 : PartitionLog.LeaderEpoch);
        response.WriteTags();
    }

    private readonly record struct Asked(int Index, int LeaderEpoch, long Timestamp);
}
