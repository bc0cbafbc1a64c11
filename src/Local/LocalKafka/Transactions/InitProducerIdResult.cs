using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Transactions;

/// <summary>The id and epoch a producer got, or why it got none.</summary>
internal readonly record struct InitProducerIdResult(ErrorCode Error, ProducerIdAndEpoch Producer)
{
    public static InitProducerIdResult Failed(ErrorCode error) => new(error, ProducerIdAndEpoch.None);
}
