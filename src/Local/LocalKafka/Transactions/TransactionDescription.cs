using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Transactions;

/// <summary>A transactional id as DescribeTransactions and ListTransactions show it, as of one moment.</summary>
internal sealed record TransactionDescription(TransactionHeader Header, IReadOnlyList<TopicPartition> Partitions)
{
    public static TransactionDescription Of(TransactionMetadata metadata)
    {
        lock (metadata.Gate)
            return new TransactionDescription(metadata.Header, [.. metadata.Partitions.OrderBy(partition => partition.Topic, StringComparer.Ordinal).ThenBy(partition => partition.Partition)]);
    }
}
