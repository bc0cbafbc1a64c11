using System.Text;
using Confluent.Kafka;

namespace EventSourcing.WebEvents.Tests.Support;

/// <summary>Reads what is on a topic, with a client that knows nothing of this project.</summary>
internal static class TopicReader
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The records of one CloudEvents source, each partition in order, up to what was on the topic when this was called.</summary>
    public static List<TopicRecord> Read(string bootstrapServers, string topic, string source, string sourceHeader = "ce_source") =>
        [.. ReadAll(bootstrapServers, topic).Where(record => record.Header(sourceHeader) == source)];

    /// <summary>All records that were on the topic when this was called.</summary>
    public static List<TopicRecord> ReadAll(string bootstrapServers, string topic)
    {
        var config = new ConsumerConfig { BootstrapServers = bootstrapServers, GroupId = "topic-reader", EnableAutoCommit = false, FetchWaitMaxMs = 10 };
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        var partitions = admin.GetMetadata(topic, Patience).Topics.Single().Partitions;
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(config).Build();
        return [.. partitions.SelectMany(partition => ReadPartition(consumer, new TopicPartition(topic, partition.PartitionId)))];
    }

    private static List<TopicRecord> ReadPartition(IConsumer<byte[]?, byte[]?> consumer, TopicPartition partition)
    {
        var records = new List<TopicRecord>();
        var marks = consumer.QueryWatermarkOffsets(partition, Patience);
        if (marks.High.Value <= marks.Low.Value)
            return records;
        consumer.Assign(new TopicPartitionOffset(partition, marks.Low));
        while (records.Count == 0 || records[^1].Offset < marks.High.Value - 1)
        {
            var result = consumer.Consume(Patience) ?? throw new TimeoutException($"Nothing came from {partition} within {Patience}.");
            records.Add(new TopicRecord(result));
        }

        consumer.Unassign();
        return records;
    }
}

/// <summary>One record, its texts decoded.</summary>
internal sealed class TopicRecord(ConsumeResult<byte[]?, byte[]?> record)
{
    public int Partition => record.Partition.Value;

    public long Offset => record.Offset.Value;

    public string? Key => record.Message.Key is { } key ? Encoding.UTF8.GetString(key) : null;

    public string Value => Encoding.UTF8.GetString(record.Message.Value ?? []);

    public long Sequence => long.Parse(Header("ce_sequence")!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Null when the record has no such header.</summary>
    public string? Header(string name) => record.Message.Headers.TryGetLastBytes(name, out var bytes) ? Encoding.UTF8.GetString(bytes) : null;

    public override string ToString() => $"{record.TopicPartitionOffset} {Key} {Header("ce_id")} {Value}";
}
