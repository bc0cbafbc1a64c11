using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>ClientCompatibilityTest: which features of a broker the Java client finds working.</summary>
[JudgedBy("ClientCompatibilityTest")]
public sealed class JavaCompatibilityTests(JudgedBrokers brokers)
{
    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    [Differs("no access control: the ACL requests are not among its versions")]
    public async Task Features_OfTheJavaClient_AreFoundWorking(BrokerKind kind)
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
                "--expect-record-too-large-exception", "false", "--describe-acls-supported", kind == BrokerKind.ApacheKafka ? "true" : "false",
            ],
            stop: stop);

        Assert.Equal("SUCCESS.", result.EnsureSuccess().Lines[^1]);
    }
}
