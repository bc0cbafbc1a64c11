using EventSourcing.Receipts;

namespace EventSourcing.Ledger.Tests.Judging;

public class ReporterTests
{
    private const string Source = "/pumps/1/a";

    private static readonly DateTimeOffset Run1 = new(2026, 1, 1, 11, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Run2 = new(2026, 1, 1, 11, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Reporter_ThatComesLate_IsJudgedOnWhatWasReadBefore()
    {
        var bench = new Bench().Read(Source, 1).Read(Source, 1).Read(Source, 3).Read(Source, 2).CatchUp();
        Assert.True(bench.Report is { Settled: false, Foreign.Sources: 1, Totals.Records: 0 });

        bench.Answer(Source, stored: "1-4", final: true).CatchUp();

        Assert.True(bench.Report is { Settled: true, Foreign.Sources: 0 });
        Assert.True(bench.Totals is { Accepted: 4, Stored: 3, Lost: 1, Duplicated: 1, OutOfOrder: 1 });
    }

    [Fact]
    public void Settled_WaitsForEveryReporter()
    {
        var bench = new Bench().Take("a", Run1, final: true).Take("b", Run1, final: false).CatchUp();
        Assert.False(bench.Report.Settled);

        bench.Take("b", Run1, final: true).CatchUp();

        Assert.True(bench.Report.Settled);
        Assert.Equal(["final", "final"], bench.Report.Reporters.Select(reporter => reporter.State));
    }

    [Fact]
    public void Settled_WithoutAnyReporter_IsFalse() => Assert.False(new Bench().CatchUp().Report.Settled);

    [Fact]
    public void Run_ThatWasKilledAndStartedAgain_EndsWithTheNextRun()
    {
        var bench = new Bench().Take("a", Run1, final: false, State("/a/1", "1-2")).Read("/a/1", 1);
        bench.Wait(TimeSpan.FromSeconds(20)).Take("a", Run2, final: true, State("/a/2", "1")).Read("/a/2", 1).CatchUp();

        Assert.True(bench.Report.Settled);
        Assert.Equal(["replaced", "final"], bench.Report.Reporters.Select(reporter => reporter.State));
        Assert.True(bench.Totals is { Accepted: 3, Stored: 2, Lost: 1 });
    }

    [Fact]
    public void Run_ThatFellSilent_IsShownAndNotSettled()
    {
        var bench = new Bench().Take("a", Run1, final: false, State(Source, "1")).Wait(TimeSpan.FromSeconds(16)).CatchUp();

        Assert.Equal("silent", Assert.Single(bench.Report.Reporters).State);
        Assert.False(bench.Report.Settled);
        Assert.True(bench.Totals is { Lost: 0, Pending: 1 });
        bench.Wait(TimeSpan.FromSeconds(15)).CatchUp();
        Assert.True(bench.Totals is { Lost: 1, Pending: 0 });
    }

    [Fact]
    public void Report_ThatIsOutOfDateOrRepeated_ChangesNothing()
    {
        var book = new Bench().Book;
        var newest = new ReceiptsReport(Run1, 5, Final: true, [State(Source, "1-5")]);
        book.Take("a", newest);

        Assert.Equal(ReportOutcome.OutOfDate, book.Take("a", newest with { Number = 4, Final = false, Sources = [State(Source, "1-4")] }));
        Assert.Equal(ReportOutcome.OutOfDate, book.Take("a", newest));

        var report = book.Judge(new LedgerQuery());
        Assert.Equal(5, report.Totals.Accepted);
        Assert.Equal("final", Assert.Single(report.Reporters).State);
    }

    [Fact]
    public void Reporters_OfTheSameSource_AreCountedOnce()
    {
        var bench = new Bench().Take("a", Run1, true, State(Source, "1-3")).Take("b", Run1, true, State(Source, "3-4")).Read(Source, 1).CatchUp();

        Assert.True(bench.Totals is { Accepted: 4, Stored: 1, Lost: 3 });
        Assert.Equal("(several)", Assert.Single(bench.Report.Sources).Name);
    }

    [Fact]
    public void Report_BeyondTheBounds_IsRefused()
    {
        var bench = new Bench(options => (options.MaxReporters, options.MaxReceiptSegments) = (2, 1_000));
        bench.Take("a", Run1, false).Take("b", Run1, false);

        Assert.Equal(ReportOutcome.Full, bench.Book.Take("c", new ReceiptsReport(Run1, 1, false, [])));
        var fragmented = string.Join(',', Enumerable.Range(0, 500).Select(page => (page * 5_000) + 1));
        Assert.Equal(ReportOutcome.Full, bench.Book.Take("a", new ReceiptsReport(Run1, 99, false, [State(Source, fragmented)])));
    }

    private static SourceReceiptsState State(string source, string stored) => new(source, Bench.Topic, Bench.Set(stored));
}
