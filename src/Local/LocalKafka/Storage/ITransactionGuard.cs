using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// Knows which transactions are open. A log asks it, under its own lock, before the first batch of a transaction: whoever answers must not wait for
/// a log while doing so.
/// </summary>
internal interface ITransactionGuard
{
    /// <summary>Whether this producer has an open transaction that the partition was added to.</summary>
    ErrorCode Check(TopicPartition partition, long producerId, short producerEpoch);
}
