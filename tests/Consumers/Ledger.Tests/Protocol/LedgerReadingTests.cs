using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using EventSourcing.TestKit;

namespace EventSourcing.Ledger.Tests.Protocol;

/// <summary>What the ledger does besides judging: where it starts, how long it waits, what it traces.</summary>
public sealed class LedgerReadingTests(LocalKafkaUnderTest kafka) : IClassFixture<LocalKafkaUnderTest>
{
    private const string Source = "/pumps/1/a";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ledger_ThatStartsAtATime_LeavesOlderRecordsOut()
    {
        using var topics = new Topics(kafka.BootstrapServers);
        await topics.CreateAsync(topics.Events, partitions: 2);
        var since = DateTimeOffset.UtcNow;
        var (old, young) = (Records.Event("/old", 1), Records.Event(Source, 1));
        (old.Timestamp, young.Timestamp) = (new Timestamp(since.AddMinutes(-1)), new Timestamp(since.AddSeconds(1)));
        await topics.SendAsync(topics.Events, old);
        await topics.SendAsync(topics.Events, young);

        await using var ledger = await LedgerHost.StartAsync(
            kafka.BootstrapServers, topics, ("Ledger:Since", since.ToString("O", CultureInfo.InvariantCulture)));
        await ledger.AnswerAsync(topics.Events, Source, "1");

        Assert.True((await ledger.ReportAsync("?settle=60s")) is { Settled: true, Balanced: true, Foreign: { Sources: 0, Records: 0 }, Totals.Stored: 1 });
    }

    [Fact]
    public async Task Settle_WithAReporterThatGoesOn_AnswersAtTheDeadline()
    {
        using var topics = new Topics(kafka.BootstrapServers);
        await using var ledger = await LedgerHost.StartAsync(kafka.BootstrapServers, topics);
        await ledger.AnswerAsync(topics.Events, Source, "1", final: false);

        Assert.False((await ledger.ReportAsync("?settle=300ms")).Settled);
    }

    [Fact]
    public async Task Trace_OfASampledRecord_GoesOnInTheLedger()
    {
        const string Sampled = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        const string NotSampled = "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-00f067aa0ba902b7-00";
        var spans = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == LedgerTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var topics = new Topics(kafka.BootstrapServers);
        await topics.CreateAsync(topics.Events);
        await topics.SendAsync(topics.Events, Records.Event(Source, 1, traceParent: NotSampled), Records.Event(Source, 2, traceParent: Sampled), Records.Event(Source, 3));

        await using var ledger = await LedgerHost.StartAsync(kafka.BootstrapServers, topics);
        await ledger.ReportWhenAsync(report => report.Foreign.Records == 3, "the records are read");

        var span = Assert.Single(spans, span => span.DisplayName == $"process {topics.Events}");
        Assert.Equal((Sampled, ActivityKind.Consumer), ($"00-{span.TraceId}-{span.ParentSpanId}-01", span.Kind));
        Assert.Equal("kafka", span.GetTagItem("messaging.system"));
    }

    [Fact]
    public async Task Health_IsThatOfTheConnection()
    {
        using var topics = new Topics(kafka.BootstrapServers);
        await using var ledger = await LedgerHost.StartAsync(kafka.BootstrapServers, topics);

        await Eventually.TrueAsync(
            async stop => (await ledger.Http.GetAsync(new Uri("/health", UriKind.Relative), stop)).IsSuccessStatusCode, "healthy", stop: Stop);
    }
}
