using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>A compacted topic of one partition, whose segments end by the time of the records.</summary>
internal sealed class CompactedTopic
{
    private const int SegmentMs = 60_000;
    private readonly DateTime _start = DateTime.UtcNow.AddHours(-2);
    private int _segments;

    private CompactedTopic(JudgedBroker broker, string name) => (Broker, Name) = (broker, name);

    public JudgedBroker Broker { get; }

    public string Name { get; }

    public static async Task<CompactedTopic> CreateAsync(JudgedBroker broker, string purpose, int deleteRetentionMs = 86_400_000)
    {
        var topic = new CompactedTopic(broker, $"{purpose}-{Guid.NewGuid():N}"[..(purpose.Length + 9)]);
        await TestClient.CreateTopicAsync(broker.BootstrapServers, topic.Name, configs: new Dictionary<string, string>
        {
            ["cleanup.policy"] = "compact",
            ["min.cleanable.dirty.ratio"] = "0.01",
            ["segment.ms"] = $"{SegmentMs}",
            ["delete.retention.ms"] = $"{deleteRetentionMs}",
        });
        return topic;
    }

    public IProducer<string, string> Producer(CompressionType codec = CompressionType.None) => TestClient.Producer(Broker.BootstrapServers, config =>
    {
        config.CompressionType = codec;
        config.LingerMs = 50;
        config.BatchSize = 8_000;
    });

    /// <summary>A record of the current segment; a later one after <see cref="EndSegment"/>.</summary>
    public Message<string, string> Record(string? key, string? value) => new()
    {
        Key = key!,
        Value = value!,
        Timestamp = new Timestamp(_start.AddMilliseconds(2L * SegmentMs * _segments), TimestampType.CreateTime),
    };

    public void EndSegment() => _segments++;

    /// <summary>A record that ends the segment even where it holds the markers of transactions, whose time is the broker's.</summary>
    public static Message<string, string> LastRecord() => new() { Key = "active", Value = "x", Timestamp = new Timestamp(DateTime.UtcNow.AddMinutes(5)) };

    public List<ConsumeResult<string, string>> Read(IsolationLevel isolation = IsolationLevel.ReadCommitted) => TestClient.ReadAll(Broker.BootstrapServers, Name, isolation: isolation);

    /// <summary>Waits until the cleaner has left only these offsets.</summary>
    public Task WaitForAsync(IReadOnlyCollection<long> offsets, CancellationToken stop) =>
        Eventually.TrueAsync(() => Read().Select(record => record.Offset.Value).SequenceEqual(offsets), $"only {offsets.Count} records in {Name}", TimeSpan.FromSeconds(90), stop);
}
