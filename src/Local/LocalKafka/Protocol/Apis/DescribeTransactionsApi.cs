using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Transactions;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 65: what is known of transactional ids, with the partitions of their open transactions.</summary>
internal sealed class DescribeTransactionsApi(TransactionCoordinator transactions) : SynchronousApi
{
    public override ApiKey Key => ApiKey.DescribeTransactions;

    public override VersionRange Versions { get; } = new(0, 0, FirstFlexible: 0);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var asked = body.ReadArray(static reader => reader.ReadString());
        response.WriteInt32(0);
        response.WriteArray(asked, (writer, transactionalId) => Write(writer, transactionalId, transactions.Describe(transactionalId)));
        response.WriteTags();
    }

    private static void Write(KafkaWriter response, string transactionalId, TransactionDescription? transaction)
    {
        var header = transaction?.Header;
        response.WriteError(header is null ? ErrorCode.TransactionalIdNotFound : ErrorCode.None);
        response.WriteString(transactionalId);
        response.WriteString(header?.State.ToString() ?? "");
        response.WriteInt32(header?.TimeoutMs ?? 0);
        response.WriteInt64(header?.StartedAt ?? -1);
        response.WriteInt64(header?.Producer.ProducerId ?? -1);
        response.WriteInt16(header?.Producer.Epoch ?? -1);
        response.WriteArray([.. (transaction?.Partitions ?? []).GroupBy(partition => partition.Topic)], WriteTopic);
        response.WriteTags();
    }

    private static void WriteTopic(KafkaWriter response, IGrouping<string, TopicPartition> topic)
    {
        response.WriteString(topic.Key);
        response.WriteInt32Array([.. topic.Select(partition => partition.Partition)]);
        response.WriteTags();
    }
}
