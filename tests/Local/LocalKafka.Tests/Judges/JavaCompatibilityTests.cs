using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>ClientCompatibilityTest: which features of a broker the Java client finds working.</summary>
[Collection(JudgesCollection.Name)]
public sealed class JavaCompatibilityTests(JudgedBrokers brokers)
{
    // The one difference: LocalKafka has no access control, so it leaves the ACL requests out of its versions.
    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [InlineData(BrokerKind.ApacheKafka, "true")]
    [InlineData(BrokerKind.LocalKafka, "false")]
    public async Task Features_OfTheJavaClient_AreFoundWorking(BrokerKind kind, string accessControl)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("java-compatibility", partitions: 1);

        var result = await KafkaTool.RunAsync(
            "org.apache.kafka.tools.ClientCompatibilityTest",
            [
                "--bootstrap-server", broker.BootstrapServers, "--topic", topic, "--num-cluster-nodes", "1",
                "--offsets-for-times-supported", "true", "--cluster-id-supported", "true", "--create-topics-supported", "true",
                "--describe-configs-supported", "true", "--idempotent-producer-supported", "true",
                "--expect-record-too-large-exception", "false", "--describe-acls-supported", accessControl,
            ],
            stop: stop);

        Assert.Equal("SUCCESS.", result.EnsureSuccess().Lines[^1]);
    }
}
