using EventSourcing.LocalKafka.Transactions;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 66: all transactional ids, or those in given states, of given producers, or whose transactions have run for some time.</summary>
internal sealed class ListTransactionsApi(TransactionCoordinator transactions, TimeProvider time) : SynchronousApi
{
    public override ApiKey Key => ApiKey.ListTransactions;

    public override VersionRange Versions { get; } = new(0, 1, FirstFlexible: 0);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var states = body.ReadArray(static reader => reader.ReadString());
        var producerIds = body.ReadArray(static reader => reader.ReadInt64());
        var longerThanMs = version >= 1 ? body.ReadInt64() : -1;
        var startedBefore = time.GetUtcNow().ToUnixTimeMilliseconds() - longerThanMs;
        var listed = transactions.DescribeAll().ConvertAll(transaction => transaction.Header).FindAll(header =>
            (states.Count == 0 || states.Contains(header.State.ToString()))
            && (producerIds.Count == 0 || producerIds.Contains(header.Producer.ProducerId))
            && (longerThanMs < 0 || (header.StartedAt >= 0 && header.StartedAt < startedBefore)));

        response.WriteInt32(0);
        response.WriteError(ErrorCode.None);
        response.WriteArray(states.FindAll(state => !Enum.TryParse<TransactionState>(state, out _)), static (writer, state) => writer.WriteString(state));
        response.WriteArray(listed, static (writer, header) =>
        {
            writer.WriteString(header.TransactionalId);
            writer.WriteInt64(header.Producer.ProducerId);
            writer.WriteString(header.State.ToString());
            writer.WriteTags();
        });
        response.WriteTags();
    }
}
