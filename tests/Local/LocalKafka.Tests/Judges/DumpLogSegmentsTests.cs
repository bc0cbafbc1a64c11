using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>Apache Kafka's DumpLogSegments reads the segment files and checks every batch's CRC.</summary>
[JudgedBy("DumpLogSegments")]
public sealed class DumpLogSegmentsTests(JudgedBrokers brokers)
{
    private static readonly string[] Codecs = ["none", "gzip", "snappy", "lz4", "zstd"];

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task SegmentFile_WithBatchesOfEveryCodec_IsValidAndKeepsThem(BrokerKind kind)
    {
        Assert.SkipUnless(Requires.Kcat, Requires.KcatReason);
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("dump", partitions: 1);
        foreach (var codec in Codecs)
        {
            var lines = Enumerable.Range(0, 100).Select(i => $"{codec} {i} {new string('a', 100)}");
            await Kcat.ProduceAsync(broker.BootstrapServers, topic, lines, arguments: ["-z", codec, "-X", "linger.ms=100"], stop: stop);
        }

        var dump = await DumpAsync(broker.SegmentFiles(topic), stop);

        var batches = dump.Where(line => line.StartsWith("baseOffset:", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(batches);
        Assert.All(batches, batch => Assert.Contains("isvalid: true", batch, StringComparison.Ordinal));
        Assert.All(Codecs, codec => Assert.Contains(batches, batch => batch.Contains($"compresscodec: {codec} ", StringComparison.Ordinal)));
        Assert.Equal(500, dump.Count(line => line.Contains("payload:", StringComparison.Ordinal)));
        Assert.DoesNotContain(dump, line => line.Contains("Found", StringComparison.Ordinal));
    }

    private static async Task<string[]> DumpAsync(string[] files, CancellationToken stop)
    {
        string[] arguments = ["--files", string.Join(',', files), "--print-data-log", "--deep-iteration"];
        return (await KafkaTool.RunAsync("org.apache.kafka.tools.DumpLogSegments", arguments, stop: stop)).EnsureSuccess().Lines;
    }
}
