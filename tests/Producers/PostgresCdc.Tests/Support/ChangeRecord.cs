using System.Globalization;
using System.Text.Json;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.PostgresCdc.Tests.Support;

/// <summary>A record of a change topic, read.</summary>
internal sealed class ChangeRecord
{
    private ChangeRecord(TopicRecord record)
    {
        Record = record;
        Json = record.Value is { } value ? JsonDocument.Parse(value).RootElement : null;
    }

    public TopicRecord Record { get; }

    public JsonElement? Json { get; }

    public string Key => Record.Key!;

    /// <summary>Null for a tombstone.</summary>
    public string? Op => Json?.GetProperty("op").GetString();

    public JsonElement? After => Row("after");

    public JsonElement? Before => Row("before");

    public string Source => Record.Header("ce_source")!;

    public long Sequence => long.Parse(Record.Header("ce_sequence")!, CultureInfo.InvariantCulture);

    /// <summary>All records, in the order of their sequence.</summary>
    public static IReadOnlyList<ChangeRecord> Read(IEnumerable<TopicRecord> records) =>
        [.. records.Select(static record => new ChangeRecord(record)).OrderBy(static record => record.Sequence)];

    /// <summary>The table as the changes make it: one row of JSON text per key. Copies by <c>source</c> and id are taken once.</summary>
    public static Dictionary<string, string> Fold(IEnumerable<ChangeRecord> records)
    {
        var rows = new Dictionary<string, string>();
        foreach (var record in records.DistinctBy(static record => (record.Source, record.Record.Id)))
        {
            switch (record.Op)
            {
                case "c" or "r" or "u":
                    rows[record.Key] = record.After!.Value.GetRawText();
                    break;
                case "d":
                    rows.Remove(record.Key);
                    break;
                case "t":
                    rows.Clear();
                    break;
                default:
                    break;
            }
        }

        return rows;
    }

    /// <summary>Every source's numbers are 1, 2, 3... once copies are taken once, and a second copy is marked.</summary>
    public static void AssertDense(IEnumerable<ChangeRecord> records)
    {
        foreach (var source in records.GroupBy(static record => record.Source))
        {
            Assert.Equal(Enumerable.Range(1, source.DistinctBy(record => record.Record.Id).Count()).Select(static number => (long)number), source.Select(static record => record.Sequence).Distinct());
            Assert.All(source.GroupBy(record => record.Record.Id), static copies => Assert.InRange(copies.Count(copy => !copy.Record.IsMarked), 0, 1));
        }
    }

    private JsonElement? Row(string name) => Json?.GetProperty(name) is { ValueKind: JsonValueKind.Object } row ? row : null;
}
