using System.Globalization;
using Spectre.Console;

namespace EventSourcing.Benchmarks.Reporting;

/// <summary>The report for people: one table for each broker and payload.</summary>
internal static class ConsoleTable
{
    private const int WidthWithoutTerminal = 160;

    private static readonly string[] Figures = ["events/s", "ratio", "CPU us/event", "broker CPU us", "bytes/event", "p50 ms", "p99 ms"];

    public static void Write(BenchmarkReport report)
    {
        WidenWithoutTerminal();
        foreach (var group in report.Results.GroupBy(result => (result.Broker, result.PayloadBytes)))
        {
            AnsiConsole.Write(Table(report, [.. group]));
        }

        AnsiConsole.MarkupLineInterpolated($"ratio: events/s in parts of the first row, round by round; latency at 2,000 events/s; medians of {report.Rounds} rounds");
        AnsiConsole.MarkupLineInterpolated($"{report.Machine.Processor}, {report.Machine.Cores} cores, {report.Machine.OperatingSystem}");
        AnsiConsole.MarkupLineInterpolated($"{report.Machine.Runtime}, commit {report.Commit}");
    }

    /// <summary>Where the output is no terminal, Spectre.Console would take 80 columns.</summary>
    public static void WidenWithoutTerminal()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthWithoutTerminal;
        }
    }

    private static Table Table(BenchmarkReport report, BenchmarkResult[] results)
    {
        var compared = results.Any(result => report.RatioToApacheKafka(result) is not null);
        var table = new Table().Border(TableBorder.Rounded).Title(Invariant($"{results[0].Broker}, {results[0].PayloadBytes:N0} B"));
        table.AddColumn(new TableColumn("workload").NoWrap());
        foreach (var title in Figures.Concat(compared ? ["to Apache Kafka"] : []))
        {
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        }

        foreach (var result in results)
        {
            table.AddRow([.. Cells(report, result), .. compared ? [Ratio(report.RatioToApacheKafka(result))] : Array.Empty<string>()]);
        }

        return table;
    }

    private static string[] Cells(BenchmarkReport report, BenchmarkResult result) =>
    [
        result.Workload,
        Invariant($"{result.Median.EventsPerSecond:N0}"),
        Ratio(report.RatioToBaseline(result)),
        Invariant($"{result.Median.CpuMicroseconds:0.0}"),
        result.Median.BrokerCpuMicroseconds is { } cpu ? Invariant($"{cpu:0.0}") : "",
        Invariant($"{result.Median.AllocatedBytes:N0}"),
        Invariant($"{result.Median.P50Milliseconds:0.0}"),
        Invariant($"{result.Median.P99Milliseconds:0.0}"),
    ];

    private static string Ratio(double? ratio) => ratio is { } value ? Invariant($"{value:0.00}") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
