using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>TopicCommand and ConfigCommand, as administrators use them.</summary>
[JudgedBy("TopicCommand, ConfigCommand")]
public sealed class JavaAdminTests(JudgedBrokers brokers)
{
    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    [Differs("no topic ids")]
    public async Task Topic_CreatedAlteredAndDeleted_IsDescribed(BrokerKind kind)
    {
        var broker = await brokers.GetAsync(kind);
        var topic = $"java-admin-{Guid.NewGuid():N}";

        var created = await JavaTool.RunAsync(broker, "TopicCommand", "--create", "--topic", topic, "--partitions", "2", "--config", "retention.ms=7200000");
        await ConfigAsync(broker, topic, "--alter", "--add-config", "cleanup.policy=compact,segment.bytes=2097152");
        await JavaTool.RunAsync(broker, "TopicCommand", "--alter", "--topic", topic, "--partitions", "3");
        var described = await JavaTool.RunAsync(broker, "TopicCommand", "--describe", "--topic", topic);
        await JavaTool.RunAsync(broker, "TopicCommand", "--delete", "--topic", topic);
        var listed = await JavaTool.RunAsync(broker, "TopicCommand", "--list");

        Assert.Equal([$"Created topic {topic}."], created);
        Assert.StartsWith($"Topic: {topic} {(kind == BrokerKind.ApacheKafka ? "TopicId: UUID " : "")}PartitionCount: 3 ReplicationFactor: 1 Configs: ", described[0], StringComparison.Ordinal);
        Assert.All(["retention.ms=7200000", "cleanup.policy=compact", "segment.bytes=2097152"], config =>
            Assert.Contains(config, described[0], StringComparison.Ordinal));
        for (var i = 0; i < 3; i++)
            Assert.StartsWith($"Topic: {topic} Partition: {i} Leader: 1 Replicas: 1 Isr: 1 ", described[i + 1], StringComparison.Ordinal);
        Assert.DoesNotContain(topic, listed);
    }

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Settings_OfTopic_AreDescribedWithWhatTheyOverride(BrokerKind kind)
    {
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("java-configs", partitions: 1);

        var altered = await ConfigAsync(broker, topic, "--alter", "--add-config", "retention.ms=7200000,segment.bytes=2097152,max.message.bytes=2000");
        await ConfigAsync(broker, topic, "--alter", "--delete-config", "max.message.bytes");
        var all = await ConfigAsync(broker, topic, "--describe", "--all");

        Assert.Equal([$"Completed updating config for topic {topic}."], altered);
        Assert.Equal($"All configs for topic {topic} are:", all[0]);
        Assert.Equal(33, all.Length - 1);
        Assert.Contains("retention.ms=7200000 sensitive=false synonyms={DYNAMIC_TOPIC_CONFIG:retention.ms=7200000}", all);
        Assert.Contains("segment.bytes=2097152 sensitive=false synonyms={DYNAMIC_TOPIC_CONFIG:segment.bytes=2097152, DEFAULT_CONFIG:log.segment.bytes=1073741824}", all);
        Assert.Contains("max.message.bytes=1048588 sensitive=false synonyms={DEFAULT_CONFIG:message.max.bytes=1048588}", all);
        Assert.Contains("flush.ms=9223372036854775807 sensitive=false synonyms={}", all);
        Assert.Contains("cleanup.policy=delete sensitive=false synonyms={DEFAULT_CONFIG:log.cleanup.policy=delete}", all);
    }

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    [Differs("its own settings only, all of them read-only")]
    public async Task Settings_OfBroker_AreDescribed(BrokerKind kind)
    {
        var broker = await brokers.GetAsync(kind);

        var all = await JavaTool.RunAsync(broker, "kafka.admin.ConfigCommand", "--entity-type", "brokers", "--entity-name", "1", "--describe", "--all");

        Assert.Equal("All configs for broker 1 are:", all[0]);
        Assert.All(["node.id=1 ", "auto.create.topics.enable=false ", "num.partitions=1 ", "offsets.retention.minutes=10080 ", "log.dirs=DATA "], setting =>
            Assert.Contains(all, line => line.StartsWith(setting, StringComparison.Ordinal)));
    }

    private static Task<string[]> ConfigAsync(JudgedBroker broker, string topic, params IEnumerable<string> arguments) =>
        JavaTool.RunAsync(broker, "kafka.admin.ConfigCommand", ["--entity-type", "topics", "--entity-name", topic, .. arguments]);
}
