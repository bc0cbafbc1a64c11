using System.Text;
using Confluent.Kafka;

namespace EventSourcing.SocialFeed.Tests.Support;

/// <summary>A record of <c>social-posts</c>, its value as bytes.</summary>
internal sealed class PostRecord(ConsumeResult<byte[]?, byte[]?> result)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string? Key => result.Message.Key is { } key ? Encoding.UTF8.GetString(key) : null;

    public byte[]? Value => result.Message.Value;

    public string Id => Header("ce_id")!;

    public string? DataRef => Header("ce_dataref");

    public bool IsMarked => Header("redelivery") == "possible-duplicate";

    public long Offset => result.Offset.Value;

    public string? Header(string name) => result.Message.Headers.TryGetLastBytes(name, out var value) ? Encoding.UTF8.GetString(value) : null;

    /// <summary>The posts of one source that were on the topic when this was called, each partition in order.</summary>
    public static Task<List<PostRecord>> ReadAsync(string bootstrapServers, string source, string topic = "social-posts") =>
        Task.Run(() => Read(bootstrapServers, topic).Where(record => record.Header("ce_source") == source).ToList());

    private static List<PostRecord> Read(string bootstrapServers, string topic)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(
            new ConsumerConfig { BootstrapServers = bootstrapServers, GroupId = "post-records", EnableAutoCommit = false, FetchWaitMaxMs = 10 }).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var ends = admin.GetMetadata(topic, Patience).Topics.Single().Partitions
            .Select(partition => new TopicPartition(topic, partition.PartitionId))
            .ToDictionary(partition => partition, partition => consumer.QueryWatermarkOffsets(partition, Patience).High);
        consumer.Assign(ends.Keys.Select(partition => new TopicPartitionOffset(partition, Confluent.Kafka.Offset.Beginning)));
        var records = new List<PostRecord>();
        for (var missing = ends.Values.Sum(end => end.Value); missing > 0;)
        {
            var result = consumer.Consume(Patience) ?? throw new TimeoutException($"Nothing from {topic} within {Patience}.");
            if (result.Offset >= ends[result.TopicPartition])
                continue;
            records.Add(new PostRecord(result));
            missing--;
        }

        return records;
    }
}
