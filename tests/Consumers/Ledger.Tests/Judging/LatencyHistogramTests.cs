using System.Globalization;

namespace EventSourcing.Ledger.Tests.Judging;

public class LatencyHistogramTests
{
    [Fact]
    public void Percentiles_AreWithinTheStatedError()
    {
        var histogram = new LatencyHistogram();
        for (var milliseconds = 1; milliseconds <= 10_000; milliseconds++)
            histogram.Add(TimeSpan.FromMilliseconds(milliseconds));

        var summary = histogram.Summarize();

        Assert.Equal(10_000, summary.Count);
        Assert.InRange(summary.P50Ms, 5_000 * 0.93, 5_000 * 1.07);
        Assert.InRange(summary.P95Ms, 9_500 * 0.93, 9_500 * 1.07);
        Assert.InRange(summary.P99Ms, 9_900 * 0.93, 9_900 * 1.07);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(86_400_000)]
    public void Latency_OutOfRange_CountsAtTheNearestEnd(double milliseconds)
    {
        var histogram = new LatencyHistogram();

        histogram.Add(TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(1, histogram.Summarize().Count);
        Assert.InRange(histogram.Summarize().P99Ms, 0, TimeSpan.FromHours(5).TotalMilliseconds);
    }

    [Fact]
    public void Latency_OfAnEventRecordedBeforeTheLedgerStarted_IsCountedFromTheGateway()
    {
        var bench = new Bench();
        var message = Records.Event("/s", 1, time: bench.Clock.GetUtcNow() - TimeSpan.FromDays(3));
        var taken = bench.Clock.GetUtcNow() - TimeSpan.FromMilliseconds(50);
        bench.Read(Records.Header(message, "ce_recordedtime", taken.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)));
        bench.Answer("/s", stored: "1", final: true).CatchUp();

        Assert.InRange(bench.Report.Latency.P50Ms, 46, 54);
    }

    [Fact]
    public void Latency_IsEventTimeToConsumption_OfRecordsYoungerThanTheLedger()
    {
        var bench = new Bench();
        bench.Read("/s", 1, time: bench.Clock.GetUtcNow() - TimeSpan.FromMilliseconds(100));
        bench.Answer("/s", stored: "1", final: true).CatchUp();

        Assert.InRange(bench.Report.Latency.P50Ms, 93, 107);
        Assert.Equal(1, bench.Report.Latency.Count);
    }

    [Fact]
    public void Rate_IsThatOfTheLastWholeSeconds()
    {
        var meter = new RateMeter();
        var now = DateTimeOffset.UnixEpoch.AddDays(1);
        for (var tenth = 0; tenth < 100; tenth++)
            meter.Mark(now.AddMilliseconds(tenth * 100));

        Assert.Equal(10, meter.PerSecond(now.AddSeconds(10)));
        Assert.Equal(4, meter.PerSecond(now.AddSeconds(13)));
        Assert.Equal(0, meter.PerSecond(now.AddSeconds(60)));
    }
}
