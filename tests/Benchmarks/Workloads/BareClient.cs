using Confluent.Kafka;
using EventSourcing.Benchmarks.Brokers;
using EventSourcing.Benchmarks.Measuring;

namespace EventSourcing.Benchmarks.Workloads;

/// <summary>The Confluent.Kafka producer itself, with delivery callbacks and the settings that the publisher uses.</summary>
internal sealed class BareClient : IWorkload
{
    private readonly IProducer<byte[]?, byte[]?> _producer;
    private readonly string _topic;
    private readonly Message<byte[]?, byte[]?>[] _messages;

    public BareClient(BrokerUnderLoad broker, string topic, Message<byte[]?, byte[]?>[] messages) =>
        (_topic, _messages, _producer) = (topic, messages, CreateProducer(broker));

    /// <summary>A client with the settings that the publisher uses.</summary>
    public static IProducer<byte[]?, byte[]?> CreateProducer(BrokerUnderLoad broker) => new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig
    {
        BootstrapServers = broker.BootstrapServers,
        Acks = Acks.All,
        EnableIdempotence = true,
        MaxInFlight = 1, // as the publisher: see docs/decisions.md
        Partitioner = Partitioner.Murmur2Random,
        LingerMs = 5,
        QueueBufferingMaxMessages = 0,
        QueueBufferingMaxKbytes = int.MaxValue,
        DeliveryReportFields = "status",
    }).Build();

    public void Send(int index, Completions completions) =>
        _producer.Produce(_topic, _messages[index % _messages.Length], report => completions.Complete(index, report.Status == PersistenceStatus.Persisted));

    public void Flush(Completions completions)
    {
        // The client's own linger time sends what is left.
    }

    public ValueTask DisposeAsync()
    {
        _producer.Dispose();
        return ValueTask.CompletedTask;
    }
}
