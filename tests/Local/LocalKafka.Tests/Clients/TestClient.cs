using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventSourcing.LocalKafka.Tests.Clients;

/// <summary>Confluent.Kafka (librdkafka) as tests use it.</summary>
internal static class TestClient
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public static async Task CreateTopicAsync(string servers, string topic, int partitions = 1, Dictionary<string, string>? configs = null)
    {
        using var admin = Admin(servers);
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = partitions, ReplicationFactor = 1, Configs = configs }]);
    }

    public static IAdminClient Admin(string servers) => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers }).Build();

    public static IProducer<string, string> Producer(string servers, Action<ProducerConfig>? configure = null)
    {
        var config = new ProducerConfig { BootstrapServers = servers, EnableIdempotence = true, LingerMs = 1, MessageTimeoutMs = 120_000 };
        configure?.Invoke(config);
        return new ProducerBuilder<string, string>(config).SetLogHandler(static (_, _) => { }).Build();
    }

    /// <summary>A producer that holds the transactional id and has no transaction yet.</summary>
    public static IProducer<string, string> TransactionalProducer(string servers, string transactionalId, Action<ProducerConfig>? configure = null)
    {
        var producer = Producer(servers, config =>
        {
            config.TransactionalId = transactionalId;
            config.ReconnectBackoffMaxMs = 200;
            config.MessageTimeoutMs = null;
            configure?.Invoke(config);
        });
        producer.InitTransactions(Timeout);
        return producer;
    }

    public static IConsumer<string, string> Consumer(string servers, string group = "test", Action<ConsumerConfig>? configure = null)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = servers,
            GroupId = group,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            FetchWaitMaxMs = 10,                            // the end of a partition is told at once
        };
        configure?.Invoke(config);
        return new ConsumerBuilder<string, string>(config).SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { }).Build();
    }

    /// <summary>Everything that is in the partitions now, without a group.</summary>
    public static List<ConsumeResult<string, string>> ReadAll(string servers, string topic, int partitions = 1, IsolationLevel isolation = IsolationLevel.ReadCommitted)
    {
        using var consumer = Consumer(servers, configure: config => (config.CheckCrcs, config.IsolationLevel) = (true, isolation));
        consumer.Assign(Enumerable.Range(0, partitions).Select(i => new TopicPartitionOffset(topic, i, Offset.Beginning)));
        return Take(consumer, ends: partitions);
    }

    /// <summary>Consumes until the end of so many partitions was reached; fails when nothing comes for a minute.</summary>
    public static List<ConsumeResult<string, string>> Take(IConsumer<string, string> consumer, int ends)
    {
        var records = new List<ConsumeResult<string, string>>();
        var atEnd = new HashSet<TopicPartition>();
        var deadline = DateTime.UtcNow + Timeout;
        while (atEnd.Count < ends)
        {
            Assert.True(DateTime.UtcNow < deadline, $"{records.Count} records and {atEnd.Count} of {ends} ends, and nothing more within {Timeout}.");
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is not { } result)
                continue;
            deadline = DateTime.UtcNow + Timeout;
            if (result.IsPartitionEOF)
                atEnd.Add(result.TopicPartition);
            else
                records.Add(result);
        }

        return records;
    }

    public static Headers Headers(params (string Name, string Value)[] headers)
    {
        var all = new Headers();
        foreach (var (name, value) in headers)
            all.Add(name, Encoding.UTF8.GetBytes(value));
        return all;
    }
}
