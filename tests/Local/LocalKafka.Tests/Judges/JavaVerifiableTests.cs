using System.Text.Json;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>VerifiableProducer and VerifiableConsumer: what was acknowledged against what was consumed, record by record.</summary>
[JudgedBy("VerifiableProducer, VerifiableConsumer")]
public sealed class JavaVerifiableTests(JudgedBrokers brokers)
{
    private const int Count = 20_000;

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Records_Acknowledged_AreConsumedAtTheirPositions(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("java-verifiable");

        var acknowledged = await RecordsAsync(broker, "VerifiableProducer", "producer_send_success", ["--topic", topic, "--throughput", "-1"], stop);
        var consumed = await RecordsAsync(
            broker, "VerifiableConsumer", "record_data", ["--topic", topic, "--group-id", $"group-{topic}", "--verbose", "--reset-policy", "earliest"], stop);

        Assert.Equal(Count, acknowledged.Length);
        Assert.Equal(acknowledged, consumed);
    }

    private static async Task<Verified[]> RecordsAsync(JudgedBroker broker, string tool, string eventName, string[] arguments, CancellationToken stop)
    {
        string[] all = ["--bootstrap-server", broker.BootstrapServers, "--max-messages", $"{Count}", .. arguments];
        var result = (await KafkaTool.RunAsync($"org.apache.kafka.tools.{tool}", all, stop: stop)).EnsureSuccess();
        return
        [
            .. result.Lines
                .Select(line => JsonSerializer.Deserialize<Verified>(line, JsonSerializerOptions.Web)!)
                .Where(record => record.Name == eventName)
                .Select(record => record with { Name = "" })
                .OrderBy(record => record.Partition).ThenBy(record => record.Offset),
        ];
    }

    internal sealed record Verified(string Name, int Partition, long Offset, string? Value);
}
