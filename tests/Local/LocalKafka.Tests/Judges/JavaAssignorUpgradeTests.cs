using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>A group of Java consumers goes from an eager to the cooperative assignor member by member, as Kafka's documentation describes (KIP-429).</summary>
[JudgedBy("VerifiableConsumer")]
public sealed class JavaAssignorUpgradeTests(JudgedBrokers brokers)
{
    private const string Range = "org.apache.kafka.clients.consumer.RangeAssignor";
    private const string Cooperative = "org.apache.kafka.clients.consumer.CooperativeStickyAssignor";

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Members_RestartedOneByOne_GoFromEagerToCooperative(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("upgrade", partitions: 4);
        using var admin = TestClient.Admin(broker.BootstrapServers);

        await using var first = Start(broker, topic, Range);
        await using var second = Start(broker, topic, $"{Cooperative},{Range}");
        var one = await AssignorAsync(admin, topic);
        await first.StopAsync(stop: stop);
        await using var firstAgain = Start(broker, topic, $"{Cooperative},{Range}");
        var both = await AssignorAsync(admin, topic);
        await second.StopAsync(stop: stop);
        await using var secondAgain = Start(broker, topic, Cooperative);
        var done = await AssignorAsync(admin, topic);

        Assert.Equal(["range", "cooperative-sticky", "cooperative-sticky"], [one, both, done]);
    }

    private static TestProcess Start(JudgedBroker broker, string topic, string assignors) => KafkaTool.Start(
        "org.apache.kafka.tools.VerifiableConsumer",
        ["--bootstrap-server", broker.BootstrapServers, "--topic", topic, "--group-id", topic, "--assignment-strategy", assignors]);

    /// <summary>The assignor that the group uses once two members share the partitions.</summary>
    private static async Task<string> AssignorAsync(IAdminClient admin, string group)
    {
        var described = await Eventually.ValueAsync(
            async _ => await GroupView.FindAsync(admin, group),
            found => GroupView.Shares(found) is [{ Count: 2 }, { Count: 2 }],
            "two members with two partitions each",
            TimeSpan.FromMinutes(2),
            TestContext.Current.CancellationToken);
        return described!.PartitionAssignor;
    }
}
