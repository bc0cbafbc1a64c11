using System.Text.Json.Nodes;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>The tools that ask about the node, its disk and its logs.</summary>
[JudgedBy("LogDirsCommand, GetOffsetShell, DeleteRecordsCommand, LeaderElectionCommand, ReassignPartitionsCommand, BrokerApiVersionsCommand")]
public sealed class JavaClusterTests(JudgedBrokers brokers)
{
    private const int Count = 10;

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Offsets_BeforeAndAfterRecordsAreDeleted_AreListed(BrokerKind kind)
    {
        var broker = await brokers.GetAsync(kind);
        var topic = await FilledTopicAsync(broker);
        using var folder = new TempFolder("delete-records");
        var file = folder.File("offsets.json");
        await File.WriteAllTextAsync(file, $$"""{"version":1,"partitions":[{"topic":"{{topic}}","partition":0,"offset":4}]}""", TestContext.Current.CancellationToken);

        var newest = await JavaTool.RunAsync(broker, "GetOffsetShell", "--topic", topic);
        var greatestTime = await JavaTool.RunAsync(broker, "GetOffsetShell", "--topic", topic, "--time", "max-timestamp");
        var deleted = await JavaTool.RunAsync(broker, "DeleteRecordsCommand", "--offset-json-file", file);
        var oldest = await JavaTool.RunAsync(broker, "GetOffsetShell", "--topic", topic, "--time", "earliest");
        var future = await JavaTool.RunAsync(broker, "GetOffsetShell", "--topic-partitions", $"{topic}:0", "--time", "32503680000000");

        Assert.Equal([$"{topic}:0:{Count}"], newest);
        Assert.Equal([$"{topic}:0:{Count - 1}"], greatestTime);
        Assert.Equal($"partition: {topic}-0 low_watermark: 4", deleted[^1]);
        Assert.Equal([$"{topic}:0:4"], oldest);
        Assert.Empty(future);
    }

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task DataDirectory_IsDescribedWithTheBytesOfEachPartition(BrokerKind kind)
    {
        var broker = await brokers.GetAsync(kind);
        var topic = await FilledTopicAsync(broker);

        var described = await JavaTool.RunAsync(broker, "LogDirsCommand", "--describe", "--topic-list", topic);

        Assert.Equal(["Querying brokers for log directories information", "Received log directory information from brokers 1"], described[..2]);
        var bytes = broker.SegmentFiles(topic).Sum(file => new FileInfo(file).Length);
        var partition = $$"""{"partition":"{{topic}}-0","size":{{bytes}},"offsetLag":0,"isFuture":false}""";
        var expected = $$"""{"brokers":[{"broker":1,"logDirs":[{"partitions":[{{partition}}],"error":null,"logDir":"DATA"}]}],"version":1}""";
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(described[2])), described[2]);
    }

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Leader_IsElectedAlready_AndNothingIsReassigned(BrokerKind kind)
    {
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("java-leader", partitions: 1);

        var elected = await JavaTool.RunAsync(broker, "LeaderElectionCommand", "--election-type", "preferred", "--topic", topic, "--partition", "0");
        var reassigned = await JavaTool.RunAsync(broker, "reassign.ReassignPartitionsCommand", "--list");

        Assert.Equal([$"Valid replica already elected for partitions {topic}-0"], elected);
        Assert.Equal(["No partition reassignments found."], reassigned);
    }

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    [Differs("fewer requests, and older versions of them: see the served requests")]
    public async Task Versions_OfRequests_AreUsableByTheJavaClient(BrokerKind kind)
    {
        var broker = await brokers.GetAsync(kind);

        var versions = await JavaTool.RunAsync(broker, "BrokerApiVersionsCommand");

        Assert.StartsWith("BROKER (id: 1 ", versions[0], StringComparison.Ordinal);
        string[] needed = ["Produce(0)", "Fetch(1)", "JoinGroup(11)", "InitProducerId(22)", "DescribeLogDirs(35)", "IncrementalAlterConfigs(44)"];
        Assert.All(needed, api => Assert.Contains(versions, line => line.StartsWith($"{api}: ", StringComparison.Ordinal) && line.Contains("[usable: ", StringComparison.Ordinal)));
    }

    private static async Task<string> FilledTopicAsync(JudgedBroker broker)
    {
        var topic = await broker.CreateTopicAsync("java-cluster", partitions: 1);
        using var producer = TestClient.Producer(broker.BootstrapServers);
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(); // within retention.ms: old records go when the broker next looks, which is every five minutes
        for (var i = 0; i < Count; i++)
            producer.Produce(topic, new() { Key = $"{i}", Value = $"{i}", Timestamp = new(now + i, Confluent.Kafka.TimestampType.CreateTime) });
        producer.Flush(TimeSpan.FromSeconds(60));
        return topic;
    }
}
