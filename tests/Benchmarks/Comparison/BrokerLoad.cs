using System.Diagnostics;
using Confluent.Kafka;
using EventSourcing.Benchmarks.Brokers;
using EventSourcing.Benchmarks.Measuring;

namespace EventSourcing.Benchmarks.Comparison;

/// <summary>Produces and consumes with librdkafka as fast as it goes: acks=all, idempotent, linger 5 ms, six partitions.</summary>
internal static class BrokerLoad
{
    private const int Partitions = 6;
    private const int Window = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Records per second that were acknowledged.</summary>
    public static async Task<double> ProduceAsync(BrokerUnderLoad broker, string topic, int bytes, int count)
    {
        await broker.CreateTopicAsync(topic, Partitions);
        using var producer = Producer(broker.BootstrapServers, lingerMs: 5);
        var message = new Message<byte[], byte[]> { Value = Payload(bytes) };
        var completions = new Completions(count, Window);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var index = completions.Start();
            producer.Produce(topic, message, report => completions.Complete(index, report.Status == PersistenceStatus.Persisted));
        }

        completions.WaitForAll();
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Records per second that were read, the first fetch and its connections included.</summary>
    public static double Consume(BrokerUnderLoad broker, string topic, int count)
    {
        using var consumer = Consumer(broker.BootstrapServers);
        consumer.Assign(Enumerable.Range(0, Partitions).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        var started = Stopwatch.GetTimestamp();
        for (var read = 0; read < count; read++)
        {
            if (consumer.Consume(Patience) is null)
            {
                throw new TimeoutException($"{broker.Name}: {read} of {count} records of {topic} came within {Patience.TotalSeconds} s of the one before.");
            }
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public static IProducer<byte[], byte[]> Producer(string servers, double lingerMs) => new ProducerBuilder<byte[], byte[]>(new ProducerConfig
    {
        BootstrapServers = servers,
        Acks = Acks.All,
        EnableIdempotence = true,
        LingerMs = lingerMs,
        QueueBufferingMaxMessages = 0,
        DeliveryReportFields = "status",
    }).Build();

    public static IConsumer<byte[], byte[]> Consumer(string servers) => new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
    {
        BootstrapServers = servers,
        GroupId = "benchmark",
        EnableAutoCommit = false,
        AutoOffsetReset = AutoOffsetReset.Earliest,
    }).Build();

    /// <summary>Bytes that no codec and no file system makes smaller.</summary>
    public static byte[] Payload(int bytes)
    {
        var payload = new byte[bytes];
        new Random(bytes).NextBytes(payload);
        return payload;
    }
}
