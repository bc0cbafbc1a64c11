using System.Globalization;
using EventSourcing.Receipts;
using Spectre.Console;

namespace EventSourcing.AppHost.Running;

/// <summary>The end of a timed run: a row per reporter and topic, the reasons of dead letters, and the verdict in one line.</summary>
internal static class LedgerTable
{
    private const int Width = 170; // where the output is no terminal, Spectre.Console would take 80

    public static void Print(LedgerReport report)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, Width);
        var table = new Table().Title("ledger").Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("producer (path)").NoWrap()).AddColumn(new TableColumn("topic").NoWrap());
        foreach (var figure in (string[])["accepted", "stored", "lost", "duplicated", "marked", "out of order", "rejected", "p50 ms", "p99 ms"])
            table.AddColumn(new TableColumn(figure).RightAligned());
        foreach (var row in report.Sources)
            table.AddRow(Cells(row));
        foreach (var letters in report.DeadLetters)
            table.AddRow("dead letters", letters.Reason, Number(letters.Count));

        AnsiConsole.Write(table);
        if (!report.Settled)
            Console.WriteLine("the ledger has not settled: a simulator has not ended, or records are still unread");
        Console.WriteLine(report.ToLine());
    }

    private static string[] Cells(LedgerRow row) =>
    [
        row.Name, row.Topic ?? "", Number(row.Counts.Accepted), Number(row.Counts.Stored), Number(row.Counts.Lost),
        Number(row.Counts.Duplicated), Number(row.Counts.MarkedDuplicates), Number(row.Counts.OutOfOrder), Number(row.Counts.Rejected),
        row.Latency.P50Ms.ToString("F1", CultureInfo.InvariantCulture), row.Latency.P99Ms.ToString("F1", CultureInfo.InvariantCulture),
    ];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
