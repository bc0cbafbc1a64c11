using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>kcat (librdkafka 2.0): produce and consume, keys, headers, every codec, consumer group.</summary>
[JudgedBy("kcat")]
public sealed class KcatTests(JudgedBrokers brokers)
{
    public static MatrixTheoryData<BrokerKind, string> BrokersAndCodecs { get; } =
        new(Enum.GetValues<BrokerKind>(), ["none", "gzip", "snappy", "lz4", "zstd"]);

    [Theory(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    [MemberData(nameof(BrokersAndCodecs))]
    public async Task Records_ProducedWithCodec_AreReadBackExactly(BrokerKind kind, string codec)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync($"kcat-{codec}");
        var sent = Enumerable.Range(0, 500).Select(i => $"key-{i % 7}=value {i} {new string('x', i)}").ToArray();

        await Kcat.ProduceAsync(broker.BootstrapServers, topic, sent, keyed: true, ["-z", codec, "-X", "linger.ms=50"], stop);
        var received = await Kcat.ConsumeAllAsync(broker.BootstrapServers, topic, stop: stop);

        Assert.Equal(sent.Order(), received.Select(record => $"{record.Key}={record.Value}").Order());
        Assert.All(received.GroupBy(record => record.Partition), partition =>
            Assert.Equal(Enumerable.Range(0, partition.Count()).Select(i => (long)i), partition.Select(record => record.Offset)));
    }

    [Theory(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Record_WithHeadersAndTombstone_KeepsThem(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("kcat-headers", partitions: 1);
        string[] headers = ["-H", "ce_type=io.example.v1", "-H", "ce_type=again", "-H", "empty="];

        await Kcat.ProduceAsync(broker.BootstrapServers, topic, ["a=1", "b="], keyed: true, [.. headers, "-Z"], stop);
        var records = await Kcat.ConsumeAllAsync(broker.BootstrapServers, topic, stop: stop);

        Assert.Equal(["1", null], records.Select(record => record.Value));
        Assert.All(records, record => Assert.Equal(["ce_type", "ce_type", "empty"], record.Headers.Select(header => header.Key)));
        Assert.All(records, record => Assert.Equal(["io.example.v1", "again", ""], record.Headers.Select(header => header.Value)));
    }

    [Theory(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task ConsumerGroup_StartedAgain_GoesOnWhereItStopped(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("kcat-group");

        await Kcat.ProduceAsync(broker.BootstrapServers, topic, Enumerable.Range(0, 200).Select(i => $"first {i}"), stop: stop);
        var first = await ConsumeAsGroupAsync(broker, topic, stop);
        await Kcat.ProduceAsync(broker.BootstrapServers, topic, Enumerable.Range(0, 50).Select(i => $"second {i}"), stop: stop);
        var second = await ConsumeAsGroupAsync(broker, topic, stop);

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"first {i}").Order(), first.Order());
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"second {i}").Order(), second.Order());
    }

    [Theory(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Metadata_Listed_NamesTopicAndPartitions(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("kcat-metadata", partitions: 5);

        var listed = (await Kcat.RunAsync(broker.BootstrapServers, ["-L", "-t", topic], stop: stop)).EnsureSuccess().StandardOutput;

        Assert.Contains($"topic \"{topic}\" with 5 partitions", listed, StringComparison.Ordinal);
        Assert.Contains(broker.BootstrapServers, listed, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> ConsumeAsGroupAsync(JudgedBroker broker, string topic, CancellationToken stop)
    {
        string[] arguments = ["-X", "auto.offset.reset=earliest", "-q", "-e", "-J", "-G", $"group-{topic}", topic];
        var result = (await Kcat.RunAsync(broker.BootstrapServers, arguments, stop: stop)).EnsureSuccess();
        return result.Lines.Select(line => KcatRecord.Parse(line).Value!);
    }
}
