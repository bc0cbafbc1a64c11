using Confluent.Kafka;

namespace EventSourcing.EventBackbone;

/// <summary>How far a consumer of this process is; a keyed service, the key is the consumer group.</summary>
public interface IConsumerProgress
{
    /// <summary>True while the group has given this consumer at least one partition.</summary>
    bool HasAssignment { get; }

    /// <summary>
    /// Completes when everything that was in this consumer's partitions at the moment of the call has been handled. Waits for an assignment
    /// first; partitions that are revoked meanwhile are their next owner's.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    /// <exception cref="KafkaException">The end offsets could not be read.</exception>
    Task WaitUntilCaughtUpAsync(CancellationToken stop);
}
