using System.Text;
using Confluent.Kafka;

namespace EventSourcing.TestKit.Kafka;

/// <summary>What a topic holds at this moment.</summary>
public static class TopicLog
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>Every record of the topic at this moment, each partition in offset order.</summary>
    public static Task<IReadOnlyList<TopicRecord>> ReadAsync(string bootstrapServers, string topic) => Task.Run<IReadOnlyList<TopicRecord>>(() => Read(bootstrapServers, topic));

    /// <summary>How many records the topic holds at this moment, without reading them.</summary>
    public static Task<long> CountAsync(string bootstrapServers, string topic) => Task.Run(() =>
    {
        using var consumer = Open(bootstrapServers);
        return PartitionsOf(consumer, topic).Sum(partition =>
        {
            var offsets = consumer.QueryWatermarkOffsets(partition, Timeout);
            return offsets.High.Value - offsets.Low.Value;
        });
    });

    private static List<TopicRecord> Read(string bootstrapServers, string topic)
    {
        using var consumer = Open(bootstrapServers);
        var ends = PartitionsOf(consumer, topic).ToDictionary(partition => partition, partition => consumer.QueryWatermarkOffsets(partition, Timeout).High);
        consumer.Assign(ends.Keys.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        var records = new List<TopicRecord>();
        for (var missing = ends.Values.Sum(end => end.Value); missing > 0;)
        {
            var result = consumer.Consume(Timeout) ?? throw new TimeoutException($"Nothing from {topic} within {Timeout}.");
            if (result.Offset >= ends[result.TopicPartition])
                continue;                               // it came after the question
            records.Add(new TopicRecord(result));
            missing--;
        }

        return records;
    }

    private static IConsumer<byte[]?, byte[]?> Open(string bootstrapServers) => new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig
    {
        BootstrapServers = bootstrapServers,
        GroupId = "topic-log",
        EnableAutoCommit = false,
        FetchWaitMaxMs = 10,                            // a fetch from partitions that are empty keeps the next one waiting
    }).SetLogHandler((_, _) => { }).Build();

    private static List<TopicPartition> PartitionsOf(IConsumer<byte[]?, byte[]?> consumer, string topic)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        return admin.GetMetadata(topic, Timeout).Topics.Single().Partitions.ConvertAll(partition => new TopicPartition(topic, partition.PartitionId));
    }
}

/// <summary>A record as text.</summary>
public sealed class TopicRecord(ConsumeResult<byte[]?, byte[]?> result)
{
    public int Partition => result.Partition.Value;

    public long Offset => result.Offset.Value;

    public string? Key => Text(result.Message.Key);

    public string? Value => Text(result.Message.Value);

    /// <summary>The last header of that name; null when there is none.</summary>
    public string? Header(string name) => result.Message.Headers.TryGetLastBytes(name, out var value) ? Text(value) : null;

    public string? Id => Header("ce_id");

    public bool IsMarked => Header("redelivery") == "possible-duplicate";

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);
}
