using Confluent.Kafka;
using EventSourcing.EventBackbone.Kafka;
using EventSourcing.EventBackbone.Options;

namespace EventSourcing.EventBackbone.Consuming;

/// <summary>The consumers' settings, each for a reason.</summary>
internal static class ConsumerConfigs
{
    /// <summary>A member of a group.</summary>
    public static ConsumerConfig Create(BackboneSettings settings, string clientId, string group)
    {
        var config = Common(settings, clientId, group);
        config.EnableAutoOffsetStore = false;                 // stored after the effect,
        config.EnableAutoCommit = true;                       // committed in the background and at close
        config.AutoCommitIntervalMs = 1_000;
        config.SessionTimeoutMs = 10_000;                     // so long wait the partitions of a member that was killed; librdkafka's default is 45 s
        config.TopicMetadataRefreshIntervalMs = 5_000;        // a topic that is created later is noticed
        config.QueuedMinMessages = 10_000;
        return settings.Clients.Apply(config, settings.Clients.Consumer);
    }

    /// <summary>A reader of partitions that it is assigned; librdkafka wants a group, but none comes to be.</summary>
    public static ConsumerConfig Reader(BackboneSettings settings, string name, int? fetchWaitMilliseconds = null)
    {
        var config = Common(settings, name, name);
        config.EnableAutoCommit = false;
        config.FetchWaitMaxMs = fetchWaitMilliseconds;
        return settings.Clients.Apply(config, settings.Clients.Consumer);
    }

    private static ConsumerConfig Common(BackboneSettings settings, string clientId, string group) => ProducerConfigs.WithReconnect(new ConsumerConfig
    {
        ClientId = clientId,
        BootstrapServers = settings.BootstrapServers,
        GroupId = group,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        IsolationLevel = IsolationLevel.ReadCommitted,
        EnablePartitionEof = true,                            // how a consumer knows that it has caught up
        QueuedMaxMessagesKbytes = 16_384,
    });
}
