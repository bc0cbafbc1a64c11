using Confluent.Kafka;
using EventSourcing.TestKit;

namespace EventSourcing.Benchmarks.Ingress;

/// <summary>The independent consumer: a Confluent.Kafka consumer of this process that reads the path's topic from its beginning and notes each event.</summary>
internal sealed class ArrivalWatcher : IAsyncDisposable
{
    private const int FetchWaitMilliseconds = 10;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly IConsumer<Ignore, byte[]> _consumer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    private ArrivalWatcher(IConsumer<Ignore, byte[]> consumer, IngressPath path, Arrivals arrivals)
    {
        _consumer = consumer;
        _reading = Task.Factory.StartNew(() => Read(path, arrivals), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public static async Task<ArrivalWatcher> StartAsync(string bootstrapServers, IngressPath path, Arrivals arrivals, CancellationToken stop)
    {
        var partitions = await Eventually.ValueAsync(
            _ => Task.FromResult(PartitionsOf(bootstrapServers, path.Topic)), found => found.Count > 0, $"there is a topic {path.Topic}", stop: stop);
        var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = "benchmark",
            EnableAutoCommit = false,
            FetchWaitMaxMs = FetchWaitMilliseconds,
            ConsumeResultFields = "none", // the number is in the value
        }).Build();
        consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(path.Topic, partition, Offset.Beginning)));
        return new ArrivalWatcher(consumer, path, arrivals);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _consumer.Dispose();
        _stop.Dispose();
    }

    private void Read(IngressPath path, Arrivals arrivals)
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                if (_consumer.Consume(Poll)?.Message.Value is not { } value)
                {
                    continue;
                }

                if (path.NumberOf(value) is >= 0 and var number)
                {
                    arrivals.Arrive(number, value.Length);
                }
                else
                {
                    arrivals.Other();
                }
            }
        }
        catch (KafkaException failure)
        {
            arrivals.Fail(failure);
        }
    }

    private static List<int> PartitionsOf(string bootstrapServers, string topic)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        return [.. admin.GetMetadata(Timeout).Topics.Where(found => found.Topic == topic).SelectMany(found => found.Partitions).Select(found => found.PartitionId)];
    }
}
