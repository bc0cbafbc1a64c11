using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>kafkajs 2.2: producer (idempotent too), consumer groups, admin.</summary>
[JudgedBy("kafkajs")]
public sealed class KafkaJsTests(JudgedBrokers brokers)
{
    private const int Count = 1_000;

    public static MatrixTheoryData<BrokerKind, bool, string> BrokersAndModes { get; } =
        new(Enum.GetValues<BrokerKind>(), [false, true], ["None", "GZIP"]);

    [Theory(Skip = Requires.NodeReason, SkipUnless = nameof(Requires.Node), SkipType = typeof(Requires))]
    [MemberData(nameof(BrokersAndModes))]
    public async Task Records_ProducedAndConsumedByGroup_AreExact(BrokerKind kind, bool idempotent, string compression)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("kafkajs");
        var sent = NodeRecord.Numbered(Count);

        var positions = await ProduceAsync(broker, topic, sent, idempotent, compression, stop);
        var received = await ConsumeAsync(broker, topic, stop);

        Assert.All(positions, position => Assert.Equal(0, position.ErrorCode));
        Assert.Equal(sent.Select(record => record.ToString()).Order(), received.Select(record => record.Content).Order());
        Assert.All(received.GroupBy(record => record.Partition), partition =>
            Assert.Equal(Enumerable.Range(0, partition.Count()).Select(i => (long)i), partition.Select(record => record.Offset)));
    }

    [Theory(Skip = Requires.NodeReason, SkipUnless = nameof(Requires.Node), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task ConsumerGroup_OfThreeMembers_SharesPartitionsAndReceivesEachRecord(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("kafkajs-group", partitions: 6);
        var sent = NodeRecord.Numbered(Count);

        var received = await NodeClient.RunAsync<ConsumedNodeRecord[]>("kafkajs-group.mjs", GroupRequest(broker, topic, sent), stop);

        Assert.Equal(sent.Select(record => record.ToString()).Order(), received.Select(record => record.Content).Order());
        Assert.All(received.GroupBy(record => record.Partition), partition => Assert.Single(partition.Select(record => record.Member).Distinct()));
    }

    [Theory(Skip = Requires.NodeReason, SkipUnless = nameof(Requires.Node), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Admin_LifeOfTopic_IsAnswered(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = $"kafkajs-admin-{Guid.NewGuid():N}";

        var answer = await NodeClient.RunAsync<AdminAnswer>(
            "kafkajs-admin.mjs", new { Brokers = broker.BootstrapServers, Topic = topic, Group = $"group-{topic}" }, stop);

        var expected = new AdminAnswer(
            Created: true, CreatedAgain: false, Partitions: 4, Retention: "600000", Committed: 4, Low: 6, High: 10,
            ControllerIsABroker: true, GroupListed: true, GroupDeleted: true, TopicDeleted: true);
        Assert.Equal(expected, answer);
    }

    private static Task<Position[]> ProduceAsync(
        JudgedBroker broker, string topic, NodeRecord[] records, bool idempotent, string compression, CancellationToken stop) =>
        NodeClient.RunAsync<Position[]>(
            "kafkajs-produce.mjs",
            new { Brokers = broker.BootstrapServers, Topic = topic, Idempotent = idempotent, Compression = compression, BatchSize = 100, Records = records },
            stop);

    private static Task<ConsumedNodeRecord[]> ConsumeAsync(JudgedBroker broker, string topic, CancellationToken stop) =>
        NodeClient.RunAsync<ConsumedNodeRecord[]>(
            "kafkajs-consume.mjs",
            new
            {
                Brokers = broker.BootstrapServers,
                Topic = topic,
                Group = $"group-{topic}",
                Count,
                DeadlineMs = NodeClient.Deadline.TotalMilliseconds,
            },
            stop);

    private static object GroupRequest(JudgedBroker broker, string topic, NodeRecord[] records) => new
    {
        Brokers = broker.BootstrapServers,
        Topic = topic,
        Group = $"group-{topic}",
        Members = 3,
        Partitions = 6,
        Records = records,
        DeadlineMs = NodeClient.Deadline.TotalMilliseconds,
    };

    internal sealed record Position(int Partition, int ErrorCode, long BaseOffset);

    internal sealed record AdminAnswer(
        bool Created, bool CreatedAgain, int Partitions, string? Retention, long Committed, long Low, long High,
        bool ControllerIsABroker, bool GroupListed, bool GroupDeleted, bool TopicDeleted);
}
