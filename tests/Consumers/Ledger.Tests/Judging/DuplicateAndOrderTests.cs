namespace EventSourcing.Ledger.Tests.Judging;

public class DuplicateAndOrderTests
{
    private const string Source = "/pumps/1/a";

    [Fact]
    public void Event_FoundTwice_IsADuplicate()
    {
        var bench = new Bench().Read(Source, 1).Read(Source, 2).Read(Source, 1).Read(Source, 1).Answer(Source, stored: "1-2", final: true).CatchUp();

        Assert.True(bench.Totals is { Accepted: 2, Stored: 2, Duplicated: 1, MarkedDuplicates: 0, OutOfOrder: 0, Records: 4 });
        Assert.False(bench.Report.Balanced);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Event_FoundTwiceWithAMarkOnAnyCopy_IsAMarkedDuplicate(bool firstMarked, bool secondMarked)
    {
        var bench = new Bench().Read(Source, 1, marked: firstMarked).Read(Source, 2).Read(Source, 1, marked: secondMarked)
            .Answer(Source, stored: "1-2", final: true).CatchUp();

        Assert.True(bench.Totals is { Stored: 2, Duplicated: 0, MarkedDuplicates: 1, OutOfOrder: 0 });
        Assert.True(bench.Report.Balanced);
    }

    [Fact]
    public void Event_MarkedAndFoundOnce_IsNoDuplicate()
    {
        var bench = new Bench().Read(Source, 1, marked: true).Answer(Source, stored: "1", final: true).CatchUp();

        Assert.True(bench.Totals is { Duplicated: 0, MarkedDuplicates: 0 });
    }

    [Fact]
    public void Event_AfterALaterOneOfItsKey_IsOutOfOrder()
    {
        var bench = new Bench().Read(Source, 1).Read(Source, 3).Read(Source, 2).Read(Source, 4).Answer(Source, stored: "1-4", final: true).CatchUp();

        Assert.True(bench.Totals is { Stored: 4, OutOfOrder: 1, Duplicated: 0 });
        Assert.False(bench.Report.Balanced);
    }

    [Fact]
    public void Events_OfDifferentKeysOrSources_HaveNoOrder()
    {
        var bench = new Bench().Read(Source, 3, "a").Read(Source, 2, "b").Read("/pumps/2/a", 1, "a").Read(Source, 1, "c")
            .Answer(Source, stored: "1-3", final: true).CatchUp();

        Assert.Equal(0, bench.Totals.OutOfOrder);
    }

    [Fact]
    public void Events_WithoutAKey_AreInOrderPerPartition()
    {
        var bench = new Bench().Read(Source, 2, key: null, partition: 0).Read(Source, 1, key: null, partition: 1).Read(Source, 4, key: null, partition: 1)
            .Read(Source, 3, key: null, partition: 1).Answer(Source, stored: "1-4", final: true).CatchUp();

        Assert.Equal(1, bench.Totals.OutOfOrder);
    }

    [Fact]
    public void Source_OnTwoTopics_CountsPerTopic()
    {
        var bench = new Bench().Read(Source, 1).Read(Source, 1, topic: "assets").Answer(Source, stored: "1", final: true).CatchUp();

        Assert.True(bench.Totals is { Stored: 1, Duplicated: 0 });
    }

    [Fact]
    public void DeadLetters_AreCountedByReasonAndNotJudged()
    {
        var bench = new Bench().Read(Records.DeadLetter("urn:a"), topic: "dead-letters").Read(Records.DeadLetter("urn:b"), topic: "dead-letters")
            .Read(Records.DeadLetter("urn:b"), topic: "dead-letters").CatchUp();

        Assert.Equal([("urn:b", 2L), ("urn:a", 1L)], bench.Report.DeadLetters.Select(letter => (letter.Reason, letter.Count)));
        Assert.Equal(0, bench.Report.Foreign.NotSequenced);
    }
}
