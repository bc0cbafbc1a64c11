using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TextProducer.Lines;

namespace EventSourcing.TextConsumer.Tests;

public sealed class ProgramTests(KafkaFixture kafka) : IClassFixture<KafkaFixture>
{
    private const string Producer = "TextProducer";
    private const string Consumer = "TextConsumer";

    private readonly string _topic = $"text-{Guid.NewGuid():N}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    public async Task Producer_WithTopicAndBrokers_SendsTheThreeLines()
    {
        var result = (await Programs.RunAsync(Producer, [_topic, kafka.BootstrapServers])).EnsureSuccess();

        Assert.Equal($"############ Text Producer to topic: {_topic} on servers {kafka.BootstrapServers} #######", result.Lines[0]);
        Assert.Equal(FixedLines.All, result.Lines[1..].Select(line => line[..line.IndexOf(" -> sent", StringComparison.Ordinal)]));
        var records = await Kcat.ConsumeAllAsync(kafka.BootstrapServers, _topic, stop: Stop);
        Assert.Equal(FixedLines.All, records.OrderBy(record => record.Header("ce_sequence"), StringComparer.Ordinal).Select(record => record.Value));
        Assert.All(records, record => Assert.True(record is { Key: null or "" }));
        Assert.All(records, record => Assert.Equal("io.eventsourcing.text.line.v1", record.Header("ce_type")));
        Assert.Single(records.Select(record => record.Header("ce_source")).Distinct());
    }

    [Fact]
    public async Task Consumer_PrintsEverything_AndANamedGroupGoesOnWhereItWas()
    {
        (await Programs.RunAsync(Producer, [_topic, kafka.BootstrapServers], ("Text__Partitions", "1"))).EnsureSuccess();

        var all = await Programs.RunAsync(Consumer, [_topic, kafka.BootstrapServers, "--count", "3"], ("CONSUMER_GROUP_ID", "DEFAULT"));
        var first = await Programs.RunAsync(Consumer, [_topic, kafka.BootstrapServers, "--count", "2"], ("CONSUMER_GROUP_ID", _topic));
        var rest = await Programs.RunAsync(Consumer, [_topic, kafka.BootstrapServers, "--count", "1"], ("CONSUMER_GROUP_ID", _topic));

        Assert.Equal(FixedLines.All, Values(all.EnsureSuccess().Lines));
        Assert.Equal(FixedLines.All, Values([.. first.EnsureSuccess().Lines, .. rest.EnsureSuccess().Lines]));
        Assert.StartsWith($"Received :ConsumerRecord(topic = {_topic}, partition = 0, offset = 0, CreateTime = ", all.Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Producer, "Missing required bootstrap server address.", "text-topic")]
    [InlineData(Producer, "Missing required topic name.", "", "127.0.0.1:1")]
    [InlineData(Producer, "Text:Topic must be", "no/topic", "127.0.0.1:1")]
    [InlineData(Consumer, "Missing required bootstrap server address.", "text-topic")]
    [InlineData(Consumer, "Missing required topic name.", "", "127.0.0.1:1")]
    public async Task Program_WithoutWhatItNeeds_SaysSoAndFails(string program, string message, params string[] arguments)
    {
        var result = await Programs.RunAsync(program, arguments, ("ConnectionStrings__kafka", null));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Producer_WithoutABroker_FailsWithOneSentence()
    {
        var result = await Programs.RunAsync(Producer, [_topic, $"127.0.0.1:{FreePort.Next()}"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("The lines were not sent: ", result.StandardError, StringComparison.Ordinal);
    }

    [Fact(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    public async Task Producer_StoppedBySigterm_HasReportedExactlyWhatIsOnTheTopic()
    {
        await using var ledger = await RecordingLedger.StartAsync();
        await using var producer = Programs.Start(
            Producer, ["--rate", "200"], ("ConnectionStrings__kafka", kafka.BootstrapServers), ("Text__Topic", _topic), ("Receipts__Ledger", ledger.Address));
        await Eventually.TrueAsync(() => ledger.Latest is { Sources: [{ Stored.Count: > 100 }] }, "a hundred receipts are reported", stop: Stop);

        Assert.Equal(0, await producer.StopAsync(stop: Stop));

        var (last, records) = (ledger.Latest!, await Kcat.ConsumeAllAsync(kafka.BootstrapServers, _topic, stop: Stop));
        var source = Assert.Single(last.Sources);
        Assert.True(last.Final);
        Assert.Equal($"1-{records.Count}", source.Stored!.ToString());
        Assert.Equal(_topic, source.Topic);
        Assert.All(records, record => Assert.Equal(source.Source, record.Header("ce_source")));
        Assert.Contains(records, record => record.Header("traceparent") is not null);
    }

    [Fact]
    public async Task Help_ExplainsTheArguments()
    {
        var result = (await Programs.RunAsync(Producer, ["--help"])).EnsureSuccess();

        Assert.Contains("--once", result.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("brokers", result.StandardOutput, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Values(string[] lines) =>
        lines.Select(line => line[(line.IndexOf("value = ", StringComparison.Ordinal) + "value = ".Length)..^1]);
}
