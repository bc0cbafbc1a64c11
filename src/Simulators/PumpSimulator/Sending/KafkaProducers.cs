using Confluent.Kafka;

namespace EventSourcing.PumpSimulator.Sending;

/// <summary>The simulator's Kafka producers. What goes wrong comes with the delivery reports, so the clients log nothing themselves.</summary>
internal static class KafkaProducers
{
    /// <summary>As a careful device would set it; partitions as the Java client chooses them.</summary>
    public static IProducer<byte[]?, byte[]?> Create(string bootstrapServers) => new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig
    {
        BootstrapServers = bootstrapServers,
        Acks = Acks.All,
        EnableIdempotence = true,
        MaxInFlight = 1,                // a broker that was killed knows only the last batch again, not five
        LingerMs = 5,
        MessageTimeoutMs = 300_000,     // longer than any outage worth waiting for: records time out one by one, and a later one may get through
        Partitioner = Partitioner.Murmur2Random,
    }).SetLogHandler(static (_, _) => { }).Build();

    /// <summary>As the original sets it: acks=1, not idempotent, three retries, at most 4 s for a record.</summary>
    public static IProducer<string, string> CreateOriginal(string bootstrapServers) => new ProducerBuilder<string, string>(new ProducerConfig
    {
        BootstrapServers = bootstrapServers,
        Acks = Acks.Leader,
        EnableIdempotence = false,
        MessageSendMaxRetries = 3,
        LingerMs = 1,
        ConnectionsMaxIdleMs = 10_000,
        MessageTimeoutMs = 4_000,
        Partitioner = Partitioner.Murmur2Random,
    }).SetLogHandler(static (_, _) => { }).Build();
}
