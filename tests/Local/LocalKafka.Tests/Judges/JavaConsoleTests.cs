using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>Apache Kafka's console tools and its group and offset administration.</summary>
[JudgedBy("ConsoleProducer, ConsoleConsumer")]
public sealed class JavaConsoleTests(JudgedBrokers brokers)
{
    private const int Count = 300;

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Records_OfConsoleProducer_ReachConsoleConsumerAndItsGroupIsAdministered(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("java-console", partitions: 2);
        var sent = Enumerable.Range(0, Count).Select(i => $"k{i % 5}\tvalue {i} äöü €").ToArray();

        await ProduceAsync(broker, topic, sent, stop);
        var received = await ConsumeAsync(broker, topic, stop);
        var offsets = await RunAsync(broker, "GetOffsetShell", ["--topic", topic], stop);
        var described = await GroupAsync(broker, topic, ["--describe"], stop);
        var reset = await GroupAsync(broker, topic, ["--reset-offsets", "--to-earliest", "--execute", "--topic", topic], stop);
        var describedAfter = await GroupAsync(broker, topic, ["--describe"], stop);

        Assert.Equal(sent.Order(), received.Order());
        Assert.Equal(Count, offsets.Sum(line => int.Parse(line.Split(':')[2], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(0, described.Sum(row => row.Lag));
        Assert.All(reset, row => Assert.Equal(0, row.Offset));
        Assert.Equal(Count, describedAfter.Sum(row => row.Lag));
    }

    private static async Task ProduceAsync(JudgedBroker broker, string topic, string[] lines, CancellationToken stop)
    {
        string[] arguments =
        [
            "--bootstrap-server", broker.BootstrapServers, "--topic", topic, "--compression-codec", "lz4",
            "--reader-property", "parse.key=true", "--reader-property", "key.separator=\t",
        ];
        var input = string.Concat(lines.Select(line => line + "\n"));
        (await KafkaTool.RunAsync("org.apache.kafka.tools.ConsoleProducer", arguments, input, stop: stop)).EnsureSuccess();
    }

    private static Task<string[]> ConsumeAsync(JudgedBroker broker, string topic, CancellationToken stop) =>
        RunAsync(
            broker,
            "consumer.ConsoleConsumer",
            [
                "--topic", topic, "--group", $"group-{topic}", "--from-beginning", "--max-messages", $"{Count}", "--timeout-ms", "60000",
                "--formatter-property", "print.key=true",
            ],
            stop);

    private static async Task<GroupRow[]> GroupAsync(JudgedBroker broker, string topic, string[] arguments, CancellationToken stop) =>
        GroupRow.Parse(await RunAsync(broker, "consumer.group.ConsumerGroupCommand", ["--group", $"group-{topic}", .. arguments], stop), topic);

    private static async Task<string[]> RunAsync(JudgedBroker broker, string tool, string[] arguments, CancellationToken stop) =>
        (await KafkaTool.RunAsync($"org.apache.kafka.tools.{tool}", ["--bootstrap-server", broker.BootstrapServers, .. arguments], stop: stop))
        .EnsureSuccess().Lines;
}
