namespace EventSourcing.PumpSimulator.Model;

/// <summary>A series of metrics over n events: one metric moves by floor(base / n) per event, the first event being the base itself.</summary>
internal static class MetricSeries
{
    /// <summary>The series.</summary>
    /// <param name="start">Base values.</param>
    /// <param name="pattern">Which metric moves.</param>
    /// <param name="trend">Which way.</param>
    /// <param name="count">Events, at least 1.</param>
    public static IReadOnlyList<Metrics> Generate(Metrics start, MetricPattern pattern, MetricTrend trend, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var step = start.ValueOf(pattern) / count * (trend == MetricTrend.Increase ? 1 : -1);
        var series = new Metrics[count];
        for (var i = 0; i < count; i++)
            series[i] = start.Moved(pattern, i * step);
        return series;
    }
}
