using Confluent.Kafka;
using EventSourcing.EventBackbone.Options;
using EventSourcing.EventBackbone.Transactions;

namespace EventSourcing.EventBackbone.Kafka;

/// <summary>The clients' settings, each for a reason.</summary>
internal static class ProducerConfigs
{
    /// <summary>Largest request; the default <c>max.message.bytes</c> of Kafka's topics.</summary>
    private const int MessageMaxBytes = 1_048_588;

    /// <summary>
    /// One request at a time per broker. Without idempotence a repeat could overtake. With it, a broker that was killed remembers the last batch
    /// of a producer and partition only (Apache Kafka takes its snapshot of producers so after an unclean stop): a repeat of an older one is
    /// refused as out of sequence, and the client gives up everything it holds or sends it under a new epoch, which nobody recognises as a copy.
    /// </summary>
    private const int MaxInFlight = 1;

    public static ProducerConfig Producer(BackboneSettings settings, string clientId, Durability durability)
    {
        var config = new ProducerConfig
        {
            ClientId = clientId,
            BootstrapServers = settings.BootstrapServers,
            Partitioner = Partitioner.Murmur2Random,          // the Java client's: every language agrees on the partition of a key
            MessageTimeoutMs = 0,                             // never: the client would time out one by one, and a later one may get through
            MessageMaxBytes = MessageMaxBytes,
            LingerMs = 5,
            QueueBufferingMaxMessages = 0,                    // unlimited here: each route has its own budget
            QueueBufferingMaxKbytes = int.MaxValue,
            DeliveryReportFields = "status",
            SocketTimeoutMs = 10_000,                         // a dead peer is noticed before a minute has passed
        };
        SetDurability(config, durability);
        return settings.Clients.Apply(WithReconnect(config), settings.Clients.Producer);
    }

    /// <summary>As <see cref="Producer"/>, within transactions; a record that is not sent within one is given up with it.</summary>
    public static ProducerConfig Transactional(BackboneSettings settings, string clientId, TransactionSettings transactions)
    {
        var config = Producer(settings, clientId, Durability.Transactional);
        config.TransactionalId = transactions.TransactionalId;
        config.TransactionTimeoutMs = (int)transactions.TransactionTimeout.TotalMilliseconds;
        config.MessageTimeoutMs = config.TransactionTimeoutMs;
        return config;
    }

    public static AdminClientConfig Admin(BackboneSettings settings, string clientId) =>
        settings.Clients.Apply(
            WithReconnect(new AdminClientConfig { ClientId = clientId, BootstrapServers = settings.BootstrapServers }),
            new Dictionary<string, string>());

    /// <summary>Reconnects fast enough that recovery is noticed within about a second.</summary>
    public static T WithReconnect<T>(T config)
        where T : ClientConfig
    {
        config.ReconnectBackoffMs = 50;
        config.ReconnectBackoffMaxMs = 500;
        config.SocketConnectionSetupTimeoutMs = 5_000;
        config.SocketKeepaliveEnable = true;
        return config;
    }

    private static void SetDurability(ProducerConfig config, Durability durability)
    {
        config.Acks = durability switch { Durability.FireAndForget => Acks.None, Durability.Leader => Acks.Leader, _ => Acks.All };
        config.EnableIdempotence = durability >= Durability.Replicated;
        if (durability != Durability.FireAndForget)
            config.MaxInFlight = MaxInFlight;
    }
}
