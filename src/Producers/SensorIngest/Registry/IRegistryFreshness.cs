using Confluent.Kafka;

namespace EventSourcing.SensorIngest.Registry;

/// <summary>Proves that the registry knows what was registered up to now.</summary>
internal interface IRegistryFreshness
{
    /// <summary>Completes when everything stored on the topic <c>assets</c> before the call is in the registry.</summary>
    /// <exception cref="KafkaException">Kafka cannot be asked.</exception>
    Task CatchUpAsync(CancellationToken stop);
}
