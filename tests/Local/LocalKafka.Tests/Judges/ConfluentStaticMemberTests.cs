using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>Confluent.Kafka (librdkafka) with <c>group.instance.id</c>: a member keeps its seat over a restart, and a second one takes it away.</summary>
[JudgedBy("Confluent.Kafka")]
public sealed class ConfluentStaticMemberTests(JudgedBrokers brokers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(BothBrokers))]
    public async Task StaticMember_Restarted_KeepsItsPartitionsWithoutARebalance(BrokerKind kind)
    {
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("static", partitions: 4);
        using var stays = new Seat(broker, topic, "a");
        List<TopicPartition> before;
        using (var restarts = new Seat(broker, topic, "b"))
        {
            await Eventually.TrueAsync(() => stays.Poll() == 2 & restarts.Poll() == 2, "two partitions each", stop: Stop);
            before = restarts.Partitions;
        }

        var rebalances = stays.Rebalances;
        using var again = new Seat(broker, topic, "b");
        await Eventually.TrueAsync(() => stays.Poll() == 2 & again.Poll() == 2, "the partitions of before", stop: Stop);

        Assert.Equal(before, again.Partitions);
        Assert.Equal(rebalances, stays.Rebalances);
    }

    [Theory]
    [ClassData(typeof(BothBrokers))]
    public async Task StaticMember_WhoseSeatIsTaken_IsFenced(BrokerKind kind)
    {
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("fenced", partitions: 2);
        using var first = new Seat(broker, topic, "a");
        await Eventually.TrueAsync(() => first.Poll() == 2, "both partitions", stop: Stop);

        using var second = new Seat(broker, topic, "a");
        await Eventually.TrueAsync(() => second.Poll() == 2 & first.Poll() >= 0 && first.Fatal is not null, "the first to be fenced", stop: Stop);

        Assert.Contains("fenced", first.Fatal, StringComparison.OrdinalIgnoreCase);
        Assert.Null(second.Fatal);
    }

    /// <summary>A consumer in a seat of the group that has the topic's name.</summary>
    private sealed class Seat : IDisposable
    {
        private readonly IConsumer<string, string> _consumer;

        public Seat(JudgedBroker broker, string topic, string instance)
        {
            var config = new ConsumerConfig { BootstrapServers = broker.BootstrapServers, GroupId = topic, GroupInstanceId = instance, HeartbeatIntervalMs = 200, EnableAutoCommit = false };
            _consumer = new ConsumerBuilder<string, string>(config)
                .SetLogHandler(static (_, _) => { })
                .SetErrorHandler((_, error) => Fatal ??= error.IsFatal ? $"{error.Code} {error.Reason}" : null)
                .SetPartitionsAssignedHandler((_, _) => Rebalances++)
                .SetPartitionsRevokedHandler((_, _) => Rebalances++)
                .Build();
            _consumer.Subscribe(topic);
        }

        public int Rebalances { get; private set; }

        public string? Fatal { get; private set; }

        public List<TopicPartition> Partitions => [.. _consumer.Assignment.OrderBy(partition => partition.Partition.Value)];

        /// <summary>Takes part in the group for a moment; returns how many partitions it has.</summary>
        public int Poll()
        {
            try
            {
                _consumer.Consume(TimeSpan.FromMilliseconds(50));
            }
            catch (ConsumeException exception) when (exception.Error.IsFatal)
            {
                Fatal ??= $"{exception.Error.Code} {exception.Error.Reason}";
            }

            return _consumer.Assignment.Count;
        }

        /// <summary>Goes without leaving the group, as static members do.</summary>
        public void Dispose()
        {
            if (Fatal is null)
                _consumer.Close();
            _consumer.Dispose();
        }
    }
}
