using EventSourcing.Receipts;

namespace EventSourcing.Ledger.Tests.Judging;

public class LossTests
{
    private const string Source = "/pumps/1/a";

    [Fact]
    public void Run_OfWhichEverythingIsFound_Balances()
    {
        var bench = new Bench();
        for (var sequence = 1; sequence <= 10; sequence++)
            bench.Read(Source, sequence);

        bench.Answer(Source, stored: "1-8", spooled: "9-10", final: true).CatchUp();

        Assert.True(bench.Report is { Settled: true, Balanced: true });
        Assert.True(bench.Totals is { Accepted: 10, Stored: 10, Lost: 0, Pending: 0, Unconfirmed: 0, Records: 10 });
        Assert.Equal("ledger: balanced accepted=10 stored=10 lost=0 duplicated=0 out-of-order=0", bench.Report.ToLine());
    }

    [Theory]
    [InlineData("1-3", "")]
    [InlineData("1", "2-3")]
    public void Receipt_WithoutItsRecordAfterTheLastReport_IsLost(string stored, string spooled)
    {
        var bench = new Bench().Read(Source, 1).Read(Source, 3);

        bench.Answer(Source, stored, spooled, final: true).CatchUp();

        Assert.True(bench.Totals is { Accepted: 3, Stored: 2, Lost: 1, Pending: 0 });
        Assert.Equal($"{Source} 2", Assert.Single(bench.Report.Sources).Lost);
        Assert.Equal("ledger: unbalanced accepted=3 stored=2 lost=1 duplicated=0 out-of-order=0", bench.Report.ToLine());
    }

    [Fact]
    public void Receipt_WithoutItsRecordYet_IsPendingUntilTheEndsAreRead()
    {
        var bench = new Bench().Read(Source, 1).CatchUp();

        bench.Answer(Source, stored: "1-2", final: true);

        Assert.True(bench.Totals is { Stored: 1, Lost: 0, Pending: 1 });
        Assert.False(bench.Report.Settled);
        bench.CatchUp(unread: 1);
        Assert.True(bench.Totals is { Lost: 0, Pending: 1 });
        bench.Read(Source, 2).CatchUp();
        Assert.True(bench.Report is { Settled: true, Balanced: true });
    }

    [Fact]
    public void Receipt_OfARunningReporter_IsLostOnlyAfterItsTime()
    {
        var bench = new Bench().Read(Source, 1).Answer(Source, stored: "1-2").CatchUp();
        Assert.True(bench.Totals is { Lost: 0, Pending: 1 });

        bench.Wait(TimeSpan.FromSeconds(20)).Answer(Source, stored: "1-3").Wait(TimeSpan.FromSeconds(11)).CatchUp();

        Assert.True(bench.Totals is { Accepted: 3, Lost: 1, Pending: 1 });
        Assert.Equal($"{Source} 2", Assert.Single(bench.Report.Sources).Lost);
    }

    [Fact]
    public void Receipt_OfAReporterThatReportsForLong_AgesAllTheSame()
    {
        var bench = new Bench().Answer(Source, stored: "1");
        for (var second = 0; second < 100; second++)
            bench.Wait(TimeSpan.FromSeconds(1)).Answer(Source, stored: $"1-{second + 2}").CatchUp();

        Assert.InRange(bench.Totals.Lost, 101 - 61, 101 - 30);
        Assert.Equal(101, bench.Totals.Lost + bench.Totals.Pending);
    }

    [Fact]
    public void Record_ThatComesLate_HealsTheLoss()
    {
        var bench = new Bench().Answer(Source, spooled: "1", final: true).CatchUp();
        Assert.Equal(1, bench.Totals.Lost);
        Assert.False(bench.Book.IsAtRest());

        bench.Read(Source, 1).CatchUp();

        Assert.True(bench.Totals is { Stored: 1, Lost: 0 });
        Assert.True(bench.Book.IsAtRest());
    }

    [Fact]
    public void Answers_ThatPromiseNothing_AreNeverLost()
    {
        var bench = new Bench().Read(Source, 1).Read(Source, 3).Read(Source, 5);

        bench.Answer(Source, queued: "1-2", unanswered: "3-4", rejected: "5-6", final: true).CatchUp();

        Assert.True(bench.Totals is { Accepted: 0, Lost: 0, Queued: 2, Unanswered: 2, Rejected: 2, Unconfirmed: 2, RejectedPresent: 1 });
        Assert.True(bench.Report.Balanced);
    }

    [Fact]
    public void Answers_ToRetries_CountByTheBest()
    {
        var bench = new Bench().Read(Source, 1).Read(Source, 2);

        bench.Answer(Source, stored: "1-2", queued: "2", rejected: "1,3", unanswered: "1-3", final: true).CatchUp();

        Assert.True(bench.Totals is { Accepted: 2, Stored: 2, Rejected: 0, Queued: 0, Unanswered: 1, RejectedPresent: 0, Unconfirmed: 0 });
    }

    [Fact]
    public void Sources_ThatNobodyReports_AreForeignAndHarmless()
    {
        var bench = new Bench().Read("/old/run", 1).Read("/old/run", 1).Read("/old/run", 7).Read("/old/run", 3)
            .Read(Records.Message(null, "a plain line")).Read(Source, 1).Answer(Source, stored: "1", final: true).CatchUp();

        Assert.True(bench.Report is { Balanced: true, Settled: true, Foreign: { Sources: 1, Records: 4, NotSequenced: 1 } });
        Assert.True(bench.Totals is { Accepted: 1, Records: 1, Duplicated: 0, OutOfOrder: 0 });
        Assert.Equal(6, Assert.Single(bench.Report.Topics).Counts.Records);
        var rows = bench.Book.Judge(new LedgerQuery(LedgerGrouping.Source)).Sources;
        Assert.Equal([null, "simulator"], rows.OrderBy(row => row.Name, StringComparer.Ordinal).Select(row => row.Reporter));
    }
}
