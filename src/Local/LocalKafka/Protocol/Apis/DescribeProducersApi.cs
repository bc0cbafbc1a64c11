using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 61: the producers that partitions remember, and where their open transactions start.</summary>
internal sealed class DescribeProducersApi(TopicCatalogue topics) : SynchronousApi
{
    public override ApiKey Key => ApiKey.DescribeProducers;

    public override VersionRange Versions { get; } = new(0, 0, FirstFlexible: 0);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var asked = TransactionApi.ReadTopics(body);
        response.WriteInt32(0);
        response.WriteArray(asked, (writer, topic) =>
        {
            writer.WriteString(topic.Name);
            writer.WriteArray(topic.Partitions, (inner, index) => WritePartition(inner, index, topics.FindPartition(topic.Name, index)));
            writer.WriteTags();
        });
        response.WriteTags();
    }

    private static void WritePartition(KafkaWriter response, int index, PartitionLog? log)
    {
        response.WriteInt32(index);
        response.WriteError(log is null ? ErrorCode.UnknownTopicOrPartition : ErrorCode.None);
        response.WriteNullableString(null);
        response.WriteArray(log?.DescribeProducers() ?? [], static (writer, producer) =>
        {
            writer.WriteInt64(producer.ProducerId);
            writer.WriteInt32(producer.ProducerEpoch);
            writer.WriteInt32(producer.LastSequence);
            writer.WriteInt64(producer.LastTimestamp);
            writer.WriteInt32(producer.CoordinatorEpoch);
            writer.WriteInt64(producer.TransactionFirstOffset);
            writer.WriteTags();
        });
        response.WriteTags();
    }
}
