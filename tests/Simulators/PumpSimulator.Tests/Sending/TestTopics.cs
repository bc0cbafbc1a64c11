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

    /// <summary>Everything in partition 0 at this moment; what comes meanwhile is left out.</summary>
    public static Task<List<TestRecord>> ReadAsync(string bootstrapServers, string topic) => Task.Run(() =>
    {
        using var consumer = new ConsumerBuilder<string?, string?>(new ConsumerConfig { BootstrapServers = bootstrapServers, GroupId = "test", FetchWaitMaxMs = 10 }).Build();
        var end = consumer.QueryWatermarkOffsets(new TopicPartition(topic, 0), TimeSpan.FromSeconds(20)).High;
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        var records = new List<TestRecord>();
        while (records.Count < end)
        {
            var message = consumer.Consume(TimeSpan.FromSeconds(20))?.Message ?? throw new TimeoutException($"Nothing from {topic} within 20 s.");
            records.Add(new TestRecord(
                message.Key, message.Value, message.Headers.ToDictionary(header => header.Key, header => Encoding.UTF8.GetString(header.GetValueBytes()))));
        }

        return records;
    });
}

/// <summary>A record as text.</summary>
internal sealed record TestRecord(string? Key, string? Value, IReadOnlyDictionary<string, string> Headers);
