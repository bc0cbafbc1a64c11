using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>TransactionsCommand: what administrators see of transactions, and how they end one that hangs.</summary>
[JudgedBy("TransactionsCommand")]
public sealed class JavaTransactionsTests(JudgedBrokers brokers)
{
    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Transaction_IsListedDescribedAndAborted(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("java-transactions", partitions: 2);
        using var producer = TestClient.TransactionalProducer(broker.BootstrapServers, topic);
        producer.BeginTransaction();
        await producer.ProduceAsync(new TopicPartition(topic, 1), new() { Key = "k", Value = "v" }, stop);

        var listed = await RunAsync(broker, ["list"], stop);
        var described = await RunAsync(broker, ["describe", "--transactional-id", topic], stop);
        var before = await RunAsync(broker, ["describe-producers", "--topic", topic, "--partition", "1"], stop);
        await RunAsync(broker, ["abort", "--topic", topic, "--partition", "1", "--start-offset", "0"], stop);
        var after = await RunAsync(broker, ["describe-producers", "--topic", topic, "--partition", "1"], stop);

        Assert.Contains("Ongoing", listed.Single(line => line.StartsWith(topic, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains($"{topic}-1", described[^1], StringComparison.Ordinal);
        Assert.Equal(("0", "None"), (Column(before, "CurrentTransactionStartOffset"), Column(after, "CurrentTransactionStartOffset")));
        Assert.Empty(TestClient.ReadAll(broker.BootstrapServers, topic, partitions: 2));
    }

    private static string Column(string[] table, string title) =>
        table[^1].Split('\t', StringSplitOptions.TrimEntries)[Array.IndexOf(table[^2].Split('\t', StringSplitOptions.TrimEntries), title)];

    private static async Task<string[]> RunAsync(JudgedBroker broker, string[] arguments, CancellationToken stop) =>
        (await KafkaTool.RunAsync("org.apache.kafka.tools.TransactionsCommand", ["--bootstrap-server", broker.BootstrapServers, .. arguments], stop: stop))
        .EnsureSuccess().Lines;
}
