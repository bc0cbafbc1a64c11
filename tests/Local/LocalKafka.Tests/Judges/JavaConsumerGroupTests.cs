using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>ConsumerGroupCommand: what administrators see of groups and how they move their offsets.</summary>
[JudgedBy("ConsumerGroupCommand")]
public sealed class JavaConsumerGroupTests(JudgedBrokers brokers)
{
    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Group_WithMembers_IsListedAndDescribed(BrokerKind kind)
    {
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("java-members", partitions: 2);
        using var member = TestClient.Consumer(broker.BootstrapServers, topic, config => (config.ClientId, config.GroupInstanceId, config.EnablePartitionEof) = ("seat", "seat-1", false));
        member.Subscribe(topic);
        await Eventually.TrueAsync(
            () => member.Consume(TimeSpan.FromMilliseconds(50)) is null && member.Assignment.Count == 2, "both partitions", stop: TestContext.Current.CancellationToken);

        var states = await GroupAsync(broker, "--list", "--state");
        var types = await GroupAsync(broker, "--list", "--type", "classic");
        var members = await GroupAsync(broker, "--describe", "--group", topic, "--members");
        var state = await GroupAsync(broker, "--describe", "--group", topic, "--state");
        member.Close();

        Assert.Contains($"{topic} Stable", states);
        Assert.Contains($"{topic} Classic", types);
        Assert.Equal("GROUP CONSUMER-ID GROUP-INSTANCE-ID HOST CLIENT-ID #PARTITIONS", members[0]);
        Assert.Matches($"^{topic} seat-1-[0-9a-f-]+ seat-1 /127.0.0.1 seat 2$", members[1]);
        Assert.Equal(["GROUP COORDINATOR (ID) ASSIGNMENT-STRATEGY STATE #MEMBERS", $"{topic} BROKER (1) range Stable 1"], state);
    }

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Offsets_OfAnEmptyGroup_AreResetAndDeleted(BrokerKind kind)
    {
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("java-offsets", partitions: 1);
        await FillAndCommitAsync(broker, topic, records: 20, committed: 15);
        string[] group = ["--group", topic];

        var described = await GroupAsync(broker, ["--describe", "--verbose", .. group]);
        var planned = await GroupAsync(broker, ["--reset-offsets", "--to-earliest", "--dry-run", "--topic", topic, .. group]);
        var shifted = await GroupAsync(broker, ["--reset-offsets", "--shift-by", "-5", "--execute", "--all-topics", .. group]);
        var byTime = await GroupAsync(broker, ["--reset-offsets", "--to-datetime", "2020-01-01T00:00:00.000", "--execute", "--topic", topic, .. group]);
        var exported = await GroupAsync(broker, ["--reset-offsets", "--to-latest", "--export", "--dry-run", "--topic", topic, .. group]);
        var deleted = await GroupAsync(broker, ["--delete-offsets", "--topic", topic, .. group]);

        const string Header = "GROUP TOPIC PARTITION NEW-OFFSET";
        Assert.Equal($"{topic} {topic} 0 - 15 20 5 - - -", described[^1]);
        Assert.Equal([Header, $"{topic} {topic} 0 0"], planned);
        Assert.Equal([Header, $"{topic} {topic} 0 10"], shifted);
        Assert.Equal([Header, $"{topic} {topic} 0 0"], byTime);
        Assert.Equal($"{topic},0,20", Assert.Single(exported).Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal([$"Request succeeded for deleting offsets from group {topic}.", "TOPIC PARTITION STATUS", $"{topic} 0 Successful"], deleted);
    }

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Group_Deleted_IsNotFound(BrokerKind kind)
    {
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("java-delete", partitions: 1);
        await FillAndCommitAsync(broker, topic, records: 1, committed: 1);

        var deleted = await GroupAsync(broker, "--delete", "--group", topic);
        var again = await GroupAsync(broker, "--delete", "--group", topic);
        var described = await GroupAsync(broker, "--describe", "--group", topic);

        Assert.Equal([$"Deletion of requested consumer groups ('{topic}') was successful."], deleted);
        Assert.Contains($"* Group '{topic}' could not be deleted due to: org.apache.kafka.common.errors.GroupIdNotFoundException: The group id does not exist.", again);
        Assert.Contains($"GroupIdNotFoundException: Group {topic} not found.", described[0], StringComparison.Ordinal);
    }

    private static async Task FillAndCommitAsync(JudgedBroker broker, string topic, int records, int committed)
    {
        using var producer = TestClient.Producer(broker.BootstrapServers);
        for (var i = 0; i < records; i++)
            producer.Produce(topic, new() { Key = $"{i}", Value = $"{i}" });
        producer.Flush(TimeSpan.FromSeconds(60));
        using var consumer = TestClient.Consumer(broker.BootstrapServers, topic);
        await Eventually.SucceedsAsync<KafkaException>(
            _ =>
            {
                consumer.Commit([new TopicPartitionOffset(topic, 0, committed)]);
                return Task.CompletedTask;
            },
            "a commit",
            stop: TestContext.Current.CancellationToken);
    }

    private static Task<string[]> GroupAsync(JudgedBroker broker, params IEnumerable<string> arguments) =>
        JavaTool.RunAsync(broker, "consumer.group.ConsumerGroupCommand", arguments);
}
