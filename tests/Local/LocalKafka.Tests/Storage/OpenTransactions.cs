using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Tests.Storage;

/// <summary>A coordinator for tests of logs: every producer has an open transaction with every partition.</summary>
internal sealed class OpenTransactions : ITransactionGuard
{
    public ErrorCode Check(TopicPartition partition, long producerId, short producerEpoch) => ErrorCode.None;
}
