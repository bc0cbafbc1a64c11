namespace EventSourcing.Ledger.Tests.Judging;

public class BoundsTests
{
    [Fact]
    public void Sources_BeyondTheBound_ForgetTheIdleForeignOne()
    {
        var bench = new Bench(options => options.MaxSources = 3).Answer("/mine", stored: "1-2", final: true).Read("/mine", 1);
        for (var run = 1; run <= 10; run++)
            bench.Read($"/foreign/{run}", 1);

        bench.Read("/mine", 2).CatchUp();

        Assert.True(bench.Report is { Balanced: true, Foreign: { Sources: 2, Records: 10, Forgotten: 8 } });
    }

    [Fact]
    public void Sources_BeyondTheBoundThatAreAllReported_AreUntrackedAndDoNotBalance()
    {
        var bench = new Bench(options => options.MaxSources = 1).Answer("/mine", stored: "1", final: true).Read("/mine", 1).Read("/other", 1).CatchUp();

        Assert.Equal(1, bench.Totals.Untracked);
        Assert.False(bench.Report.Balanced);
    }

    [Fact]
    public void Sequences_BeyondTheBound_AreUntrackedAndDoNotBalance()
    {
        var bench = new Bench(options => options.MaxSegments = 1_000).Answer("/mine", stored: "1", final: true).Read("/mine", 1);
        for (var page = 1L; page <= 1_100; page++)
            bench.Read("/mine", page * 10_000);

        Assert.Equal(101, bench.CatchUp().Totals.Untracked);
        Assert.False(bench.Report.Balanced);
    }

    [Fact]
    public void Keys_BeyondTheBound_ForgetTheIdleOneAndSaySo()
    {
        var last = new LastSequences(capacity: 2);
        Assert.True(last.Advance(1, 0, "a"u8.ToArray(), 5));
        Assert.True(last.Advance(1, 0, "b"u8.ToArray(), 5));
        Assert.False(last.Advance(1, 0, "a"u8.ToArray(), 4));
        Assert.True(last.Advance(1, 0, "c"u8.ToArray(), 5));

        Assert.False(last.Advance(1, 0, "a"u8.ToArray(), 3));
        Assert.Equal(1, last.Forgotten);
        Assert.True(last.Advance(1, 0, "b"u8.ToArray(), 1));
        Assert.Equal((2, 2L), (last.Count, last.Forgotten));
    }

    [Fact]
    public void Reasons_BeyondTheBound_AddUpUnderOneName()
    {
        var reasons = new DeadLetterReasons();
        for (var reason = 0; reason < 1_000; reason++)
            reasons.Add($"urn:{reason}");

        Assert.Equal(101, reasons.ToList().Count);
        Assert.Equal(900, reasons.ToList()[0].Count);
    }
}
