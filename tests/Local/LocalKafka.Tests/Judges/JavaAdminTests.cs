using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>TopicCommand and ConfigCommand, as administrators use them.</summary>
[Collection(JudgesCollection.Name)]
[JudgedBy("TopicCommand, ConfigCommand")]
public sealed class JavaAdminTests(JudgedBrokers brokers)
{
    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Topic_CreatedAlteredAndDeleted_IsDescribed(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = $"java-admin-{Guid.NewGuid():N}";

        await TopicAsync(broker, ["--create", "--topic", topic, "--partitions", "3", "--config", "retention.ms=7200000"], stop);
        await ConfigAsync(broker, topic, ["--alter", "--add-config", "cleanup.policy=compact,segment.bytes=2097152"], stop);
        var described = await TopicAsync(broker, ["--describe", "--topic", topic], stop);
        await TopicAsync(broker, ["--delete", "--topic", topic], stop);
        var listed = await TopicAsync(broker, ["--list"], stop);

        Assert.Contains("PartitionCount: 3", described[0], StringComparison.Ordinal);
        Assert.Contains("ReplicationFactor: 1", described[0], StringComparison.Ordinal);
        Assert.All(["retention.ms=7200000", "cleanup.policy=compact", "segment.bytes=2097152"], config =>
            Assert.Contains(config, described[0], StringComparison.Ordinal));
        Assert.Equal(3, described.Count(line => line.Contains("Partition: ", StringComparison.Ordinal)));
        Assert.DoesNotContain(topic, listed);
    }

    private static Task<string[]> TopicAsync(JudgedBroker broker, string[] arguments, CancellationToken stop) =>
        RunAsync(broker, "org.apache.kafka.tools.TopicCommand", arguments, stop);

    private static Task<string[]> ConfigAsync(JudgedBroker broker, string topic, string[] arguments, CancellationToken stop) =>
        RunAsync(broker, "kafka.admin.ConfigCommand", ["--entity-type", "topics", "--entity-name", topic, .. arguments], stop);

    private static async Task<string[]> RunAsync(JudgedBroker broker, string tool, string[] arguments, CancellationToken stop) =>
        (await KafkaTool.RunAsync(tool, ["--bootstrap-server", broker.BootstrapServers, .. arguments], stop: stop)).EnsureSuccess().Lines;
}
