using System.Globalization;
using System.Text;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.EndToEnd.Tests;

/// <summary>Reads the topics once more with kcat when a ledger does not balance: whether the topic or the ledger is wrong, and which records show it.</summary>
internal static class TopicEvidence
{
    private const int MostLines = 20;

    /// <summary>Records of events that are on the topic twice, or after a later event of their source and key.</summary>
    public static async Task<string> OfAsync(string bootstrapServers, IEnumerable<string> topics, CancellationToken stop)
    {
        if (!Requires.Kcat)
            return "kcat is not installed: the topics were not read again.";
        var text = new StringBuilder();
        foreach (var topic in topics)
        {
            var records = await Kcat.ConsumeAllAsync(bootstrapServers, topic, stop: stop);
            text.AppendLine(CultureInfo.InvariantCulture, $"{topic} as kcat reads it: {records.Count} records");
            foreach (var line in Repeated(records).Concat(Late(records)).Take(MostLines))
                text.AppendLine(line);
        }
        return text.ToString();
    }

    private static IEnumerable<string> Repeated(IReadOnlyList<KcatRecord> records) => records
        .GroupBy(record => (record.Header("ce_source"), record.Header("ce_id")))
        .Where(copies => copies.Count() > 1)
        .Select(copies => $"  twice: {string.Join(" | ", copies.Select(Show))}");

    private static IEnumerable<string> Late(IReadOnlyList<KcatRecord> records)
    {
        var seen = new HashSet<(string?, string?)>();
        var last = new Dictionary<(string?, string?, int), KcatRecord>();
        foreach (var record in records)
        {
            if (!seen.Add((record.Header("ce_source"), record.Header("ce_id"))))
                continue;
            var key = (record.Header("ce_source"), record.Key, record.Key is null ? record.Partition : -1);
            if (last.TryGetValue(key, out var before) && string.CompareOrdinal(record.Header("ce_sequence"), before.Header("ce_sequence")) < 0)
                yield return $"  late: {Show(record)} after {Show(before)}";
            else
                last[key] = record;
        }
    }

    private static string Show(KcatRecord record) => string.Create(CultureInfo.InvariantCulture,
        $"{record.Header("ce_source")} {record.Header("ce_sequence")} at {record.Partition}@{record.Offset} "
        + $"time {record.Header("ce_time")} recorded {record.Header("ce_recordedtime")} {record.Header("redelivery")}");
}
