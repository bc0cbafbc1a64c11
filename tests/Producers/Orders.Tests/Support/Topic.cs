using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.Orders.Tests.Support;

/// <summary>The topic as kcat sees it.</summary>
internal static class Topic
{
    public static Task<IReadOnlyList<KcatRecord>> ReadAsync(string bootstrapServers, CancellationToken stop) =>
        Kcat.ConsumeAllAsync(bootstrapServers, "orders", stop: stop);

    /// <summary>Waits for as many different events.</summary>
    public static Task<IReadOnlyList<KcatRecord>> WithEventsAsync(string bootstrapServers, int count, CancellationToken stop) => Eventually.ValueAsync(
        _ => ReadAsync(bootstrapServers, stop), records => records.DistinctBy(record => record.Header("ce_id")).Count() >= count,
        $"{count} different events", TimeSpan.FromMinutes(2), stop);

    public static bool IsMarked(this KcatRecord record) => record.Header("redelivery") == "possible-duplicate";
}
