using EventSourcing.LocalKafka.Transactions;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 26: commits or aborts a transaction.</summary>
internal sealed class EndTxnApi(TransactionCoordinator transactions) : KafkaApi
{
    public override ApiKey Key => ApiKey.EndTxn;

    public override VersionRange Versions { get; } = new(0, 3, FirstFlexible: 3);

    public override async ValueTask HandleAsync(KafkaRequest request, CancellationToken stop)
    {
        var (body, response) = (request.Body, request.Response);
        var transactionalId = body.ReadString();
        var producer = TransactionApi.ReadProducer(body);
        var commit = body.ReadBoolean();

        var error = await transactions.EndAsync(transactionalId, producer, commit);
        response.WriteInt32(0);
        response.WriteError(TransactionApi.Answer(error, request.Version >= 2));
        response.WriteTags();
    }
}
