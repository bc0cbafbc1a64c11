using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 21: moves the start of partitions forward; -1 stands for the end of the log.</summary>
internal sealed class DeleteRecordsApi(TopicCatalogue topics, LogManager logs) : SynchronousApi
{
    public override ApiKey Key => ApiKey.DeleteRecords;

    public override VersionRange Versions { get; } = new(0, 2, FirstFlexible: 2);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var asked = body.ReadArray(ReadTopic);
        response.WriteInt32(0);
        response.WriteArray(asked, (writer, topic) =>
        {
            writer.WriteString(topic.Name);
            writer.WriteArray(topic.Partitions, (inner, partition) => Delete(inner, topic.Name, partition.Index, partition.Offset));
            writer.WriteTags();
        });
        response.WriteTags();
        logs.TryCheckpoint();
    }

    private static (string Name, List<(int Index, long Offset)> Partitions) ReadTopic(KafkaReader body)
    {
        var topic = (body.ReadString(), body.ReadArray(static reader =>
        {
            var partition = (reader.ReadInt32(), reader.ReadInt64());
            reader.SkipTags();
            return partition;
        }));
        body.SkipTags();
        return topic;
    }

    private void Delete(KafkaWriter response, string topic, int index, long offset)
    {
        var log = topics.FindPartition(topic, index);
        var error = ErrorCode.None;
        if (log is null)
            error = ErrorCode.UnknownTopicOrPartition;
        else if (!log.Config.DeletesOld)
            error = ErrorCode.PolicyViolation; // compaction alone says what goes
        else if (offset < -1 || offset > log.EndOffset)
            error = ErrorCode.OffsetOutOfRange;
        else
            log.AdvanceStart(offset == -1 ? log.EndOffset : offset);
        response.WriteInt32(index);
        response.WriteInt64(error == ErrorCode.None ? log!.StartOffset : -1);
        response.WriteError(error);
        response.WriteTags();
    }
}
