using System.Globalization;
using EventSourcing.Benchmarks.Reporting;
using Spectre.Console;

namespace EventSourcing.Benchmarks.Comparison;

/// <summary>A row per figure, a column per broker.</summary>
internal static class ComparisonTable
{
    private static readonly (string Name, Func<BrokerFigures, double?> Of, string Format)[] Rows =
    [
        ("produce 200 B, records/s", figures => figures.Produced200PerSecond, "N0"),
        ("produce 1 KB, records/s", figures => figures.Produced1000PerSecond, "N0"),
        ("consume 1 KB, records/s", figures => figures.ConsumedPerSecond, "N0"),
        ($"end to end at {EndToEndLatency.RecordsPerSecond:N0}/s, p50 ms", figures => figures.LatencyP50Milliseconds, "N2"),
        ($"end to end at {EndToEndLatency.RecordsPerSecond:N0}/s, p99 ms", figures => figures.LatencyP99Milliseconds, "N2"),
        ("start to first record, ms", figures => figures.FirstRecordMilliseconds, "N0"),
        ("resident at rest, MB", figures => figures.BytesAtRest / 1e6, "N0"),
        ("resident at most, MB", figures => figures.PeakBytes / 1e6, "N0"),
    ];

    public static void Write(IReadOnlyDictionary<string, BrokerFigures> brokers, int rounds)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("figure");
        foreach (var broker in brokers.Keys)
        {
            table.AddColumn(new TableColumn(broker).RightAligned());
        }

        foreach (var (name, figure, format) in Rows)
        {
            table.AddRow([name, .. brokers.Values.Select(figures => figure(figures)?.ToString(format, CultureInfo.InvariantCulture) ?? "")]);
        }

        AnsiConsole.Write(table);
        var machine = Machine.Current();
        AnsiConsole.MarkupLineInterpolated($"medians of {rounds} rounds; {machine.Processor}, {machine.Cores} cores, {machine.OperatingSystem}, {machine.Runtime}");
    }
}
