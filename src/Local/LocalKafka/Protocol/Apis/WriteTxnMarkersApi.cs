using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 27: ends a producer's transaction in single partitions, as an administrator does with a transaction that hangs.</summary>
internal sealed class WriteTxnMarkersApi(TopicCatalogue topics) : SynchronousApi
{
    public override ApiKey Key => ApiKey.WriteTxnMarkers;

    public override VersionRange Versions { get; } = new(1, 1, FirstFlexible: 1);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var markers = body.ReadArray(Read);
        response.WriteArray(markers, (writer, asked) =>
        {
            writer.WriteInt64(asked.Marker.ProducerId);
            TransactionApi.WriteResults(writer, asked.Topics, (topic, index) => Append(topic, index, asked.Marker));
            writer.WriteTags();
        });
        response.WriteTags();
    }

    private static (TransactionMarker Marker, List<TopicIndexes> Topics) Read(KafkaReader body)
    {
        var (producerId, epoch, isCommit) = (body.ReadInt64(), body.ReadInt16(), body.ReadBoolean());
        var partitions = TransactionApi.ReadTopics(body);
        var marker = new TransactionMarker(producerId, epoch, isCommit, body.ReadInt32());
        body.SkipTags();
        return (marker, partitions);
    }

    private ErrorCode Append(string topic, int index, in TransactionMarker marker) =>
        topics.FindPartition(topic, index)?.AppendMarker(marker).Error ?? ErrorCode.UnknownTopicOrPartition;
}
