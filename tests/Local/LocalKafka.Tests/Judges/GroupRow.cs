using System.Globalization;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>One partition in a table that ConsumerGroupCommand printed. The tables differ in their columns, so these are found by title.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The committed offset.</param>
/// <param name="Lag">Records behind the end; 0 where the table has no such column.</param>
internal sealed record GroupRow(int Partition, long Offset, long Lag)
{
    public static GroupRow[] Parse(string[] lines, string topic)
    {
        var header = lines.Select(Columns).First(columns => columns.Contains("PARTITION"));
        return
        [
            .. lines.Select(Columns).Where(columns => columns.Contains(topic)).Select(columns => new GroupRow(
                (int)Number(header, columns, "PARTITION"),
                Number(header, columns, header.Contains("NEW-OFFSET") ? "NEW-OFFSET" : "CURRENT-OFFSET"),
                header.Contains("LAG") ? Number(header, columns, "LAG") : 0)),
        ];
    }

    private static string[] Columns(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static long Number(string[] header, string[] columns, string title) =>
        long.Parse(columns[Array.IndexOf(header, title)], CultureInfo.InvariantCulture);
}
