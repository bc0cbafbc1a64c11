using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>Compaction as clients and Apache Kafka's tools see it.</summary>
[JudgedBy("Confluent.Kafka, ConsoleProducer, ConsoleConsumer, DumpLogSegments")]
public sealed class CompactionTests(JudgedBrokers brokers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<BrokerKind, string> BrokersAndCodecs { get; } =
        new(Enum.GetValues<BrokerKind>(), ["none", "gzip", "snappy", "lz4", "zstd"]);

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [MemberData(nameof(BrokersAndCodecs))]
    public async Task LastValueOfEachKey_IsLeft_InSegmentsThatAreValid(BrokerKind kind, string codec)
    {
        var topic = await CompactedTopic.CreateAsync(await brokers.GetAsync(kind), $"compacted-{codec}");
        await ProduceWithDotNetAsync(topic, codec);
        await ProduceWithJavaAsync(topic, codec);
        var all = topic.Read();
        var last = all.GroupBy(record => record.Message.Key).Select(key => key.Last()).OrderBy(record => record.Offset.Value).ToList();
        using var producer = topic.Producer();
        var active = await producer.ProduceAsync(topic.Name, CompactedTopic.LastRecord(), Stop);

        await topic.WaitForAsync([.. last.Select(record => record.Offset.Value), active.Offset.Value], Stop);

        Assert.True(all.Count > 3 * last.Count);
        Assert.Equal(last.Select(Content), topic.Read().SkipLast(1).Select(Content));
        var dump = await SegmentDump.ReadAsync(topic.Broker, topic.Name, Stop);
        dump.AssertValid();
        Assert.Contains(dump.Batches, batch => batch.Contains($"compresscodec: {codec} ", StringComparison.Ordinal));
        Assert.Equal(last.Select(Content).Order(), (await ReadWithJavaAsync(topic, last.Count)).Order());
    }

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Tombstone_WithItsHorizon_GoesAfterIt(BrokerKind kind)
    {
        var topic = await CompactedTopic.CreateAsync(await brokers.GetAsync(kind), "tombstones", deleteRetentionMs: 3_000);
        using var producer = topic.Producer();
        foreach (var (key, value) in new[] { ("gone", "1"), ("kept", "1"), ("gone", null), ("kept", "2") })
            await producer.ProduceAsync(topic.Name, topic.Record(key, value), Stop);
        topic.EndSegment();
        await producer.ProduceAsync(topic.Name, topic.Record("filler-0", "x"), Stop);
        await topic.WaitForAsync([2, 3, 4], Stop);
        var horizon = await SegmentDump.ReadAsync(topic.Broker, topic.Name, Stop);

        var filler = 1;
        await Eventually.TrueAsync(() => FillAndFind(), "the tombstone to go", TimeSpan.FromSeconds(90), Stop);

        horizon.AssertValid();
        Assert.Contains(horizon.Batches, batch => batch.Contains("deleteHorizonMs: OptionalLong[", StringComparison.Ordinal));
        Assert.Equal("2", topic.Read().Single(record => record.Message.Key == "kept").Message.Value);

        bool FillAndFind()
        {
            topic.EndSegment();
            producer.Produce(topic.Name, topic.Record($"filler-{filler++ % 3}", "x"));
            producer.Flush(Stop);
            return topic.Read().TrueForAll(record => record.Message.Key != "gone");
        }
    }

    [Theory]
    [MemberData(nameof(BrokersAndCodecs))]
    public async Task RecordWithoutKey_IsRefused(BrokerKind kind, string codec)
    {
        var topic = await CompactedTopic.CreateAsync(await brokers.GetAsync(kind), "keyless");
        using var producer = topic.Producer(Codec(codec));

        var refused = await Assert.ThrowsAsync<ProduceException<string, string>>(() => producer.ProduceAsync(topic.Name, topic.Record(null, new string('v', 500)), Stop));
        await producer.ProduceAsync(topic.Name, topic.Record("k", new string('v', 500)), Stop);

        Assert.Equal(ErrorCode.InvalidRecord, refused.Error.Code);
        Assert.Equal("k", Assert.Single(topic.Read()).Message.Key);
    }

    private static async Task ProduceWithDotNetAsync(CompactedTopic topic, string codec)
    {
        using var producer = topic.Producer(Codec(codec));
        for (var i = 0; i < 600; i++)
        {
            if (i % 200 == 199)
                topic.EndSegment();
            producer.Produce(topic.Name, topic.Record($"key-{i % 70}", $"{i} {new string((char)('a' + (i % 26)), i % 300)}"));
        }

        await Task.Run(() => producer.Flush(Stop), Stop);
    }

    /// <summary>The records are of now, so that they begin a segment of their own.</summary>
    private static async Task ProduceWithJavaAsync(CompactedTopic topic, string codec)
    {
        string[] arguments =
        [
            "--bootstrap-server", topic.Broker.BootstrapServers, "--topic", topic.Name, "--compression-codec", codec,
            "--reader-property", "parse.key=true", "--reader-property", "key.separator=\t",
        ];
        var input = string.Concat(Enumerable.Range(0, 300).Select(i => $"key-{i % 90}\tjava {i} {new string('j', i % 200)}\n"));
        (await KafkaTool.RunAsync("org.apache.kafka.tools.ConsoleProducer", arguments, input, stop: Stop)).EnsureSuccess();
    }

    private static async Task<string[]> ReadWithJavaAsync(CompactedTopic topic, int count)
    {
        string[] arguments =
        [
            "--bootstrap-server", topic.Broker.BootstrapServers, "--topic", topic.Name, "--from-beginning", "--max-messages", $"{count}", "--timeout-ms", "60000",
            "--formatter-property", "print.key=true",
        ];
        return (await KafkaTool.RunAsync("org.apache.kafka.tools.consumer.ConsoleConsumer", arguments, stop: Stop)).EnsureSuccess().Lines;
    }

    private static string Content(ConsumeResult<string, string> record) => $"{record.Message.Key}\t{record.Message.Value}".TrimEnd();

    private static CompressionType Codec(string name) => Enum.Parse<CompressionType>(name, ignoreCase: true);
}
