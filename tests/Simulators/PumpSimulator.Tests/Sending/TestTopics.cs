using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventSourcing.PumpSimulator.Tests.Sending;

/// <summary>Topics as a test makes and reads them.</summary>
internal static class TestTopics
{
    public static async Task CreateAsync(string bootstrapServers, params string[] topics)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        await admin.CreateTopicsAsync(topics.Select(topic => new TopicSpecification { Name = topic, NumPartitions = 1, ReplicationFactor = 1 }));
    }

    /// <summary>Everything in partition 0 at this moment.</summary>
    public static Task<List<TestRecord>> ReadAsync(string bootstrapServers, string topic) => Task.Run(() =>
    {
        using var consumer = new ConsumerBuilder<string?, string?>(new ConsumerConfig { BootstrapServers = bootstrapServers, GroupId = "test", EnablePartitionEof = true }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        var records = new List<TestRecord>();
        while (true)
        {
            var result = consumer.Consume(TimeSpan.FromSeconds(20)) ?? throw new TimeoutException($"Nothing from {topic} within 20 s.");
            if (result.IsPartitionEOF)
                return records;
            records.Add(new TestRecord(
                result.Message.Key, result.Message.Value,
                result.Message.Headers.ToDictionary(header => header.Key, header => Encoding.UTF8.GetString(header.GetValueBytes()))));
        }
    });
}

/// <summary>A record as text.</summary>
internal sealed record TestRecord(string? Key, string? Value, IReadOnlyDictionary<string, string> Headers);
