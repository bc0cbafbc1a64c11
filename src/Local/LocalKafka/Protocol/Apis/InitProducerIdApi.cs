using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 22: gives an idempotent producer an id that no other has had. Transactional ids are refused.</summary>
internal sealed class InitProducerIdApi(ProducerIds producerIds) : SynchronousApi
{
    /// <summary>
    /// Goes with TRANSACTIONAL_ID_AUTHORIZATION_FAILED, the one answer on which every client gives up at once with an error instead of trying
    /// again until its timeout.
    /// </summary>
    public const string NoTransactions = "LocalKafka does not serve transactions; use an idempotent producer without a transactional id.";

    private const short FirstEpoch = 0;

    public override ApiKey Key => ApiKey.InitProducerId;

    public override VersionRange Versions { get; } = new(0, 4, FirstFlexible: 2);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var isTransactional = body.ReadNullableString() is not null;
        response.WriteInt32(0);
        response.WriteError(isTransactional ? ErrorCode.TransactionalIdAuthorizationFailed : ErrorCode.None);
        response.WriteInt64(isTransactional ? -1 : producerIds.Next());
        response.WriteInt16(isTransactional ? -1 : FirstEpoch);
        response.WriteTags();
    }
}
