using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Transactions;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 22: gives an idempotent producer an id that no other has had, and a transactional one the id of its transactional id with the next epoch.</summary>
internal sealed class InitProducerIdApi(ProducerIds producerIds, TransactionCoordinator transactions) : KafkaApi
{
    private const short FirstEpoch = 0;
    private const short FirstVersionWithProducerFenced = 4;

    public override ApiKey Key => ApiKey.InitProducerId;

    public override VersionRange Versions { get; } = new(0, 4, FirstFlexible: 2);

    public override async ValueTask HandleAsync(KafkaRequest request, CancellationToken stop)
    {
        var (body, response, version) = (request.Body, request.Response, request.Version);
        var transactionalId = body.ReadNullableString();
        var timeoutMs = body.ReadInt32();
        var present = version >= 3 ? new ProducerIdAndEpoch(body.ReadInt64(), body.ReadInt16()) : ProducerIdAndEpoch.None;

        var result = transactionalId is null
            ? new InitProducerIdResult(ErrorCode.None, new ProducerIdAndEpoch(producerIds.Next(), FirstEpoch))
            : await transactions.InitAsync(transactionalId, timeoutMs, present);
        response.WriteInt32(0);
        response.WriteError(TransactionApi.Answer(result.Error, version >= FirstVersionWithProducerFenced));
        response.WriteInt64(result.Producer.ProducerId);
        response.WriteInt16(result.Producer.Epoch);
        response.WriteTags();
    }
}
