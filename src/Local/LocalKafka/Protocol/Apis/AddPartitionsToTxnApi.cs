using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Topics;
using EventSourcing.LocalKafka.Transactions;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 24: adds partitions to a transaction, all of them or, when one is unknown, none.</summary>
internal sealed class AddPartitionsToTxnApi(TransactionCoordinator transactions, TopicCatalogue topics) : SynchronousApi
{
    public override ApiKey Key => ApiKey.AddPartitionsToTxn;

    public override VersionRange Versions { get; } = new(0, 3, FirstFlexible: 3);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var transactionalId = body.ReadString();
        var producer = TransactionApi.ReadProducer(body);
        var added = TransactionApi.ReadTopics(body);
        var partitions = added.SelectMany(topic => topic.Partitions.Select(index => new TopicPartition(topic.Name, index))).ToHashSet();

        var unknown = partitions.Where(partition => topics.FindPartition(partition.Topic, partition.Partition) is null).ToHashSet();
        var error = unknown.Count > 0
            ? ErrorCode.OperationNotAttempted
            : TransactionApi.Answer(transactions.AddPartitions(transactionalId, producer, partitions), version >= 2);
        response.WriteInt32(0);
        TransactionApi.WriteResults(response, added, (topic, index) => unknown.Contains(new TopicPartition(topic, index)) ? ErrorCode.UnknownTopicOrPartition : error);
        response.WriteTags();
    }
}
