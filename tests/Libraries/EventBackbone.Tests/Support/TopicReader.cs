using System.Text;
using Confluent.Kafka;

namespace EventSourcing.EventBackbone.Tests.Support;

/// <summary>What is in a topic at a moment, read by a consumer without a group.</summary>
internal static class TopicReader
{
    public static List<ConsumeResult<byte[]?, byte[]?>> ReadAll(string bootstrapServers, string topic)
    {
        var config = new ConsumerConfig { BootstrapServers = bootstrapServers, GroupId = "reader", EnableAutoCommit = false, EnablePartitionEof = true, FetchWaitMaxMs = 10 };
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(config).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, TimeSpan.FromSeconds(30)).Topics[0].Partitions;
        consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(topic, partition.PartitionId, Offset.Beginning)));
        var records = new List<ConsumeResult<byte[]?, byte[]?>>();
        for (var open = partitions.Count; open > 0;)
        {
            var result = consumer.Consume(TimeSpan.FromSeconds(30)) ?? throw new TimeoutException($"Topic {topic} gives nothing.");
            if (result.IsPartitionEOF)
                open--;
            else
                records.Add(result);
        }
        return records;
    }

    public static long SequenceOf(ConsumeResult<byte[]?, byte[]?> record) =>
        long.Parse(HeaderOf(record, "ce_sequence")!, System.Globalization.CultureInfo.InvariantCulture);

    public static string? HeaderOf(ConsumeResult<byte[]?, byte[]?> record, string name) =>
        record.Message.Headers.TryGetLastBytes(name, out var bytes) ? Encoding.UTF8.GetString(bytes) : null;

    public static string? KeyOf(ConsumeResult<byte[]?, byte[]?> record) =>
        record.Message.Key is { } key ? Encoding.UTF8.GetString(key) : null;
}
