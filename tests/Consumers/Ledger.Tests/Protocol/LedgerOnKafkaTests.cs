using EventSourcing.TestKit;

namespace EventSourcing.Ledger.Tests.Protocol;

public sealed class LedgerOnLocalKafkaTests(LocalKafkaUnderTest kafka) : LedgerOnKafkaTests(kafka), IClassFixture<LocalKafkaUnderTest>;

public sealed class LedgerOnApacheKafkaTests : LedgerOnKafkaTests, IClassFixture<ApacheKafkaUnderTest>
{
    public LedgerOnApacheKafkaTests(ApacheKafkaUnderTest kafka)
        : base(kafka) => Assert.SkipUnless(Requires.KafkaHome, Requires.KafkaHomeReason);
}

/// <summary>The ledger over real sockets. Every test has its own topics and its own ledger; tests of one class run one after the other.</summary>
public abstract class LedgerOnKafkaTests(KafkaUnderTest kafka)
{
    private const string Source = "/pumps/1/a";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WithEveryFault_IsJudgedExactly()
    {
        using var topics = new Topics(kafka.BootstrapServers);
        await topics.CreateAsync(topics.Events);
        await topics.CreateAsync(topics.DeadLetters, partitions: 1);
        await topics.SendAsync(topics.Events, Sequences(1, 1_000).Where(sequence => sequence != 500).Select(sequence => Records.Event(Source, sequence)));
        await topics.SendAsync(topics.Events, Records.Event(Source, 10), Records.Event(Source, 20, marked: true));
        await topics.SendAsync(topics.Events, Records.Event(Source, 1_002), Records.Event(Source, 1_001), Records.Event("/foreign", 1), Records.Event("/foreign", 1));
        await topics.SendAsync(topics.DeadLetters, Records.DeadLetter("urn:eventsourcing:invalid-event"));

        await using var ledger = await LedgerHost.StartAsync(kafka.BootstrapServers, topics);
        await ledger.AnswerAsync(topics.Events, Source, "1-1002");
        var report = await ledger.ReportAsync("?settle=60s");

        Assert.True(report is { Settled: true, Balanced: false, Foreign.Sources: 1 }, report.ToString());
        Assert.True(
            report.Totals is { Accepted: 1_002, Stored: 1_001, Lost: 1, Duplicated: 1, MarkedDuplicates: 1, OutOfOrder: 1, Pending: 0, Records: 1_003 },
            report.Totals.ToString());
        Assert.Equal($"{Source} 500", Assert.Single(report.Sources).Lost);
        Assert.Equal(1, Assert.Single(report.DeadLetters).Count);
        var line = await ledger.Http.GetStringAsync(new Uri("/ledger/line", UriKind.Relative), Stop);
        Assert.StartsWith("ledger: unbalanced accepted=1002 stored=1001 lost=1 duplicated=1 out-of-order=1", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topic_CreatedWhileTheLedgerRuns_IsRead()
    {
        using var topics = new Topics(kafka.BootstrapServers);
        await topics.CreateAsync(topics.Events);
        await using var ledger = await LedgerHost.StartAsync(kafka.BootstrapServers, topics);
        await ledger.ReportWhenAsync(report => report.Reading is { Partitions: 3, CaughtUp: true }, "the first topic is read");

        await topics.CreateAsync(topics.Others);
        await topics.SendAsync(topics.Others, Sequences(1, 100).Select(sequence => Records.Event(Source, sequence)));
        await ledger.AnswerAsync(topics.Others, Source, "1-100");

        Assert.True((await ledger.ReportAsync("?settle=60s")) is { Settled: true, Balanced: true, Totals.Stored: 100 });
    }

    [Fact]
    public async Task Ledger_RestartedInTheMiddle_ReadsAgainAndStatesTheSame()
    {
        using var topics = new Topics(kafka.BootstrapServers);
        await topics.CreateAsync(topics.Events);
        await using (var first = await LedgerHost.StartAsync(kafka.BootstrapServers, topics))
        {
            await topics.SendAsync(topics.Events, Sequences(1, 300).Select(sequence => Records.Event(Source, sequence)));
            await first.AnswerAsync(topics.Events, Source, "1-300", final: false);
            await first.ReportWhenAsync(report => report.Totals.Stored == 300, "the first half is read");
        }

        await using var second = await LedgerHost.StartAsync(kafka.BootstrapServers, topics);
        await topics.SendAsync(topics.Events, Sequences(301, 300).Select(sequence => Records.Event(Source, sequence)));
        await second.AnswerAsync(topics.Events, Source, "1-600", number: 2);

        var report = await second.ReportAsync("?settle=60s");
        Assert.True(report is { Settled: true, Balanced: true, Totals: { Accepted: 600, Stored: 600, Records: 600 } }, report.Totals.ToString());
    }

    [Fact]
    public async Task Broker_RestartedInTheMiddle_CostsNothing()
    {
        using var topics = new Topics(kafka.BootstrapServers);
        await topics.CreateAsync(topics.Events);
        await using var ledger = await LedgerHost.StartAsync(kafka.BootstrapServers, topics);
        await topics.SendAsync(topics.Events, Sequences(1, 300).Select(sequence => Records.Event(Source, sequence)));
        await ledger.AnswerAsync(topics.Events, Source, "1-300", final: false);
        await ledger.ReportWhenAsync(report => report.Totals.Stored == 300, "the first half is read");

        await kafka.StopAsync();
        await ledger.AnswerAsync(topics.Events, Source, "1-300", final: false, number: 2);
        await kafka.RestartAsync();
        await topics.SendAsync(topics.Events, Sequences(301, 300).Select(sequence => Records.Event(Source, sequence)));
        await ledger.AnswerAsync(topics.Events, Source, "1-600", number: 3);

        var report = await ledger.ReportAsync("?settle=90s");
        Assert.True(
            report is { Settled: true, Balanced: true, Totals: { Accepted: 600, Stored: 600, Records: 600 } },
            $"settled {report.Settled}; {report.Reading}; {report.Totals}");
    }

    private static IEnumerable<long> Sequences(int first, int count) => Enumerable.Range(first, count).Select(sequence => (long)sequence);
}
