using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventSourcing.Ledger.Tests.Protocol;

/// <summary>The topics of one test, with names of its own, and a producer for them.</summary>
internal sealed class Topics : IDisposable
{
    private readonly string _bootstrapServers;
    private readonly IProducer<byte[]?, byte[]?> _producer;

    public Topics(string bootstrapServers)
    {
        _bootstrapServers = bootstrapServers;
        _producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            EnableIdempotence = true,
            LingerMs = 1,
            ReconnectBackoffMaxMs = 500,
        }).SetLogHandler((_, _) => { }).Build();
    }

    public string Events { get; } = $"events-{Guid.NewGuid():N}";

    public string Others { get; } = $"others-{Guid.NewGuid():N}";

    public string DeadLetters { get; } = $"dead-{Guid.NewGuid():N}";

    public async Task CreateAsync(string topic, int partitions = 3)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = _bootstrapServers }).SetLogHandler((_, _) => { }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = partitions, ReplicationFactor = 1 }]);
    }

    public async Task SendAsync(string topic, params IEnumerable<Message<byte[]?, byte[]?>> messages)
    {
        var deliveries = messages.Select(message => _producer.ProduceAsync(topic, message)).ToArray();
        await Task.WhenAll(deliveries);
    }

    public void Dispose() => _producer.Dispose();
}
