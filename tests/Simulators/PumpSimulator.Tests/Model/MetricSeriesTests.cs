using EventSourcing.PumpSimulator.Model;

namespace EventSourcing.PumpSimulator.Tests.Model;

/// <summary>The original's own test cases as golden vectors, and what is mended beside them.</summary>
public sealed class MetricSeriesTests
{
    [Theory]
    [InlineData(nameof(MetricPattern.PDrop), 2, new[] { 100, 50 })]
    [InlineData(nameof(MetricPattern.FDrop), 2, new[] { 100, 50 })]
    [InlineData(nameof(MetricPattern.CDrop), 2, new[] { 110, 55 })]
    [InlineData(nameof(MetricPattern.TDrop), 15, new[] { 60, 56, 52, 48, 44, 40, 36, 32, 28, 24, 20, 16, 12, 8, 4 })]
    [InlineData(nameof(MetricPattern.PDrop), 10, new[] { 100, 90, 80, 70, 60, 50, 40, 30, 20, 10 })]
    [InlineData(nameof(MetricPattern.RDrop), 3, new[] { 0, 0, 0 })]
    public void Series_FromTheOriginalsBase_DropsAsTheOriginalDoes(string pattern, int count, int[] expected)
    {
        var moved = Enum.Parse<MetricPattern>(pattern);

        var series = MetricSeries.Generate(Metrics.OriginalBase, moved, MetricTrend.Decrease, count);

        Assert.Equal(expected, series.Select(metrics => metrics.ValueOf(moved)));
    }

    [Fact]
    public void Series_MovesOnlyItsMetric()
    {
        var series = MetricSeries.Generate(Metrics.OriginalBase, MetricPattern.TDrop, MetricTrend.Decrease, 3);

        Assert.All(series, metrics => Assert.Equal(Metrics.OriginalBase, metrics with { Temperature = 60 }));
    }

    [Fact]
    public void ConstantSeries_RepeatsTheBase() =>
        Assert.Equal(Enumerable.Repeat(Metrics.Base, 3), MetricSeries.Generate(Metrics.Base, MetricPattern.Constant, MetricTrend.Increase, 3));

    [Fact]
    public void IncreasingTrend_IsHonoured() =>
        Assert.Equal([60, 75, 90, 105], MetricSeries.Generate(Metrics.Base, MetricPattern.TDrop, MetricTrend.Increase, 4).Select(m => m.Temperature));

    [Fact]
    public void RDrop_FromTheMendedBase_Drops() =>
        Assert.Equal([180, 90], MetricSeries.Generate(Metrics.Base, MetricPattern.RDrop, MetricTrend.Decrease, 2).Select(m => m.Rotation));

    [Fact]
    public void EmptySeries_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricSeries.Generate(Metrics.Base, MetricPattern.TDrop, MetricTrend.Decrease, 0));
}
