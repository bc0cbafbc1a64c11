using System.Globalization;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>ProducerPerformance and ConsumerPerformance run through and count right; their figures go to the test's output.</summary>
[JudgedBy("ProducerPerformance, ConsumerPerformance")]
public sealed class JavaPerformanceTests(JudgedBrokers brokers, ITestOutputHelper output)
{
    private const int Count = 100_000;

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Records_ProducedAndConsumedAtFullSpeed_AreAllThere(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("java-performance");

        var produced = await RunAsync(
            "ProducerPerformance",
            [
                "--topic", topic, "--num-records", $"{Count}", "--record-size", "200", "--throughput", "-1", "--bootstrap-server", broker.BootstrapServers,
                "--command-property", "acks=all", "linger.ms=5", "batch.size=262144",
            ],
            stop);
        var consumed = await RunAsync(
            "ConsumerPerformance",
            ["--bootstrap-server", broker.BootstrapServers, "--topic", topic, "--num-records", $"{Count}", "--timeout", "60000"],
            stop);
        output.WriteLine(string.Join('\n', [produced[^1], .. consumed]));

        Assert.StartsWith($"{Count} records sent", produced[^1], StringComparison.Ordinal);
        Assert.Equal(Count, Column(consumed, "data.consumed.in.nMsg"));
    }

    private static long Column(string[] table, string title)
    {
        var header = Array.FindIndex(table, line => line.Contains(title, StringComparison.Ordinal));
        var column = Array.FindIndex(table[header].Split(','), name => name.Trim() == title);
        return long.Parse(table[header + 1].Split(',')[column], CultureInfo.InvariantCulture);
    }

    private static async Task<string[]> RunAsync(string tool, string[] arguments, CancellationToken stop) =>
        (await KafkaTool.RunAsync($"org.apache.kafka.tools.{tool}", arguments, stop: stop)).EnsureSuccess().Lines;
}
