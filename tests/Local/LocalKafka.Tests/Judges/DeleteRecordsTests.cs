using System.Text.RegularExpressions;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>Apache Kafka's DeleteRecordsCommand (kafka-delete-records.sh): where a partition starts afterwards, and what is refused.</summary>
[JudgedBy("DeleteRecordsCommand")]
public sealed partial class DeleteRecordsTests(JudgedBrokers brokers)
{
    private const int Count = 100;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Start_MovesForwardOnly_AndOffsetsOutsideAreRefused(BrokerKind kind)
    {
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("delete-records", partitions: 3);
        using (var producer = TestClient.Producer(broker.BootstrapServers))
        {
            for (var i = 0; i < 3 * Count; i++)
                producer.Produce(new Confluent.Kafka.TopicPartition(topic, i % 3), new() { Key = "k", Value = $"{i / 3}" });
            producer.Flush(Stop);
        }

        var forward = await DeleteAsync(broker, topic, (0, 40), (1, -1), (2, 0));
        var again = await DeleteAsync(broker, topic, (0, 10), (1, Count), (2, 1));
        var refused = await DeleteAsync(broker, topic, (0, Count + 1), (1, -2));

        Assert.Equal(["0: low_watermark: 40", "1: low_watermark: 100", "2: low_watermark: 0"], forward);
        Assert.Equal(["0: low_watermark: 40", "1: low_watermark: 100", "2: low_watermark: 1"], again);
        Assert.All(refused, line => Assert.Contains("error", line, StringComparison.Ordinal));
        Assert.Contains("OffsetOutOfRange", refused[0], StringComparison.Ordinal);
        Assert.Contains("OffsetOutOfRange", refused[1], StringComparison.Ordinal);
        Assert.Equal([$"{topic}:0:40", $"{topic}:1:100", $"{topic}:2:1"], await EarliestAsync(broker, topic));
        Assert.Equal(60 + 0 + 99, TestClient.ReadAll(broker.BootstrapServers, topic, partitions: 3).Count);
    }

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task CompactedTopic_RefusesIt_UnlessItDeletesToo(BrokerKind kind)
    {
        var broker = await brokers.GetAsync(kind);
        var compacted = $"compacted-{Guid.NewGuid():N}";
        await TestClient.CreateTopicAsync(broker.BootstrapServers, compacted, configs: new() { ["cleanup.policy"] = "compact" });
        await TestClient.CreateTopicAsync(broker.BootstrapServers, compacted + "-both", configs: new() { ["cleanup.policy"] = "compact,delete" });

        var refused = await DeleteAsync(broker, compacted, (0, 0));
        var done = await DeleteAsync(broker, compacted + "-both", (0, 0));

        Assert.Contains("PolicyViolation", Assert.Single(refused), StringComparison.Ordinal);
        Assert.Equal(["0: low_watermark: 0"], done);
    }

    /// <summary>What the tool says of each partition, without the topic's name.</summary>
    private static async Task<string[]> DeleteAsync(JudgedBroker broker, string topic, params (int Partition, long Offset)[] offsets)
    {
        using var folder = new TempFolder("delete-records");
        var partitions = offsets.Select(each => $$"""{"topic":"{{topic}}","partition":{{each.Partition}},"offset":{{each.Offset}}}""");
        await File.WriteAllTextAsync(folder.File("offsets.json"), $$"""{"version":1,"partitions":[{{string.Join(',', partitions)}}]}""", Stop);
        string[] arguments = ["--bootstrap-server", broker.BootstrapServers, "--offset-json-file", folder.File("offsets.json")];
        var result = await KafkaTool.RunAsync("org.apache.kafka.tools.DeleteRecordsCommand", arguments, stop: Stop);
        return [.. Outcome().Matches(result.StandardOutput).Select(line => $"{line.Groups[1].Value}: {line.Groups[2].Value.Trim()}").Order()];
    }

    private static async Task<string[]> EarliestAsync(JudgedBroker broker, string topic)
    {
        string[] arguments = ["--bootstrap-server", broker.BootstrapServers, "--topic", topic, "--time", "earliest"];
        return [.. (await KafkaTool.RunAsync("org.apache.kafka.tools.GetOffsetShell", arguments, stop: Stop)).EnsureSuccess().Lines.Order()];
    }

    [GeneratedRegex(@"^partition: \S+-(\d+)\s+(.*)$", RegexOptions.Multiline)]
    private static partial Regex Outcome();
}
