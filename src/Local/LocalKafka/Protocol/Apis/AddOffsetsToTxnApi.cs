using EventSourcing.LocalKafka.Transactions;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 25: announces that a transaction will commit offsets of a group.</summary>
internal sealed class AddOffsetsToTxnApi(TransactionCoordinator transactions) : SynchronousApi
{
    public override ApiKey Key => ApiKey.AddOffsetsToTxn;

    public override VersionRange Versions { get; } = new(0, 3, FirstFlexible: 3);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var transactionalId = body.ReadString();
        var producer = TransactionApi.ReadProducer(body);
        var group = body.ReadString();

        var error = group.Length == 0 ? ErrorCode.InvalidGroupId : transactions.AddGroup(transactionalId, producer, group);
        response.WriteInt32(0);
        response.WriteError(TransactionApi.Answer(error, version >= 2));
        response.WriteTags();
    }
}
