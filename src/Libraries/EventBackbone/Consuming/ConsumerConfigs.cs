using Confluent.Kafka;
using EventSourcing.EventBackbone.Kafka;
using EventSourcing.EventBackbone.Options;

namespace EventSourcing.EventBackbone.Consuming;

/// <summary>The consumer's settings, each for a reason.</summary>
internal static class ConsumerConfigs
{
    public static ConsumerConfig Create(BackboneSettings settings, string clientId, string group) => settings.Clients.Apply(
        ProducerConfigs.WithReconnect(new ConsumerConfig
        {
            ClientId = clientId,
            BootstrapServers = settings.BootstrapServers,
            GroupId = group,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            IsolationLevel = IsolationLevel.ReadCommitted,
            EnableAutoOffsetStore = false,                    // stored after the effect,
            EnableAutoCommit = true,                          // committed in the background and at close
            AutoCommitIntervalMs = 1_000,
            EnablePartitionEof = true,                        // how a consumer knows that it has caught up
            TopicMetadataRefreshIntervalMs = 5_000,           // a topic that is created later is noticed
            QueuedMinMessages = 10_000,
            QueuedMaxMessagesKbytes = 16_384,
        }),
        settings.Clients.Consumer);
}
