using System.Buffers.Binary;
using System.Diagnostics;
using Confluent.Kafka;
using EventSourcing.Benchmarks.Brokers;

namespace EventSourcing.Benchmarks.Comparison;

/// <summary>From the call of the producer to the return of the consumer, both in this process, at a fixed rate.</summary>
internal static class EndToEndLatency
{
    public const int RecordsPerSecond = 5_000;
    private const int WarmUp = RecordsPerSecond;
    private const int Bytes = 200;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<(double P50, double P99)> MeasureAsync(BrokerUnderLoad broker, string topic, int count, CancellationToken stop)
    {
        await broker.CreateTopicAsync(topic, 1);
        var reading = Task.Run(() => Read(broker, topic, count + WarmUp), stop);
        await SendAsync(broker, topic, count + WarmUp, stop);
        var latencies = (await reading)[WarmUp..];
        Array.Sort(latencies);
        return (latencies[latencies.Length / 2], latencies[latencies.Length * 99 / 100]);
    }

    private static double[] Read(BrokerUnderLoad broker, string topic, int count)
    {
        using var consumer = BrokerLoad.Consumer(broker.BootstrapServers);
        consumer.Assign([new TopicPartitionOffset(topic, 0, Offset.Beginning)]);
        var latencies = new double[count];
        for (var i = 0; i < count; i++)
        {
            var record = consumer.Consume(Patience) ?? throw new TimeoutException($"{broker.Name}: {i} of {count} records came.");
            latencies[i] = Stopwatch.GetElapsedTime(BinaryPrimitives.ReadInt64LittleEndian(record.Message.Value)).TotalMilliseconds;
        }

        return latencies;
    }

    private static async Task SendAsync(BrokerUnderLoad broker, string topic, int count, CancellationToken stop)
    {
        using var producer = BrokerLoad.Producer(broker.BootstrapServers, lingerMs: 0.5);
        var template = BrokerLoad.Payload(Bytes);
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Tick);
        for (var sent = 0; sent < count && await timer.WaitForNextTickAsync(stop);)
        {
            for (var due = Math.Min(count, (int)(clock.Elapsed.TotalSeconds * RecordsPerSecond)); sent < due; sent++)
            {
                byte[] payload = [.. template];
                BinaryPrimitives.WriteInt64LittleEndian(payload, Stopwatch.GetTimestamp());
                producer.Produce(topic, new Message<byte[], byte[]> { Value = payload });
            }
        }

        producer.Flush(Patience);
    }
}
