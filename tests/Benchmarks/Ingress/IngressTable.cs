using System.Globalization;
using Spectre.Console;

namespace EventSourcing.Benchmarks.Ingress;

/// <summary>A row per path.</summary>
internal static class IngressTable
{
    private static readonly string[] Figures = ["data bytes", "events/s", "ratio to direct", "service CPU us/event", "p50 ms", "p99 ms", "at events/s"];

    public static void Write(IReadOnlyList<IngressFigures> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("path").NoWrap());
        foreach (var title in Figures)
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow([.. Cells(row).Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
        foreach (var row in rows)
        {
            if (row.Skipped is { } reason)
            {
                AnsiConsole.MarkupLineInterpolated($"[yellow]{row.Path} skipped:[/] {reason}");
            }
            else if (row.Failed is { } failure)
            {
                AnsiConsole.MarkupLineInterpolated($"[red]{row.Path} failed:[/] {failure}");
            }
        }
    }

    private static string[] Cells(IngressFigures row) => row switch
    {
        { Skipped: not null } => [row.Path, "skipped", "", "", "", "", "", ""],
        { Failed: not null } => [row.Path, "failed", "", "", "", "", "", ""],
        _ =>
        [
            row.Path, Number(row.Throughput?.MeanBytes, "N0"), Number(row.Throughput?.EventsPerSecond, "N0"), Number(row.RatioToDirect, "0.000"),
            Number(row.Throughput?.CpuMicroseconds, "N0"),
            Number(row.Latency?.P50Milliseconds, "0.0"), Number(row.Latency?.P99Milliseconds, "0.0"), Number(row.Latency?.EventsPerSecond, "N0"),
        ],
    };

    private static string Number(double? figure, string format) => figure?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
