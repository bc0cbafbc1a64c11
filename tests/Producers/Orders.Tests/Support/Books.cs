using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Postgres;

namespace EventSourcing.Orders.Tests.Support;

/// <summary>The exact comparison: what psql sees in the table against what kcat sees on the topic.</summary>
internal static class Books
{
    private const string Placed = "io.eventsourcing.order.placed.v1";
    private const string Cancelled = "io.eventsourcing.order.cancelled.v1";

    /// <summary>Every order has its events, every event its order; copies are marked; the first copies of an order's events are in order.</summary>
    public static async Task<string> BalanceAsync(PostgresServer postgres, string database, string bootstrapServers, CancellationToken stop)
    {
        var table = (await postgres.PsqlAsync(database, "SELECT id, status FROM orders.orders", stop))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split('|')).ToDictionary(row => row[0], row => row[1]);
        var expected = table.Keys.Select(id => (id, Placed)).Concat(table.Where(row => row.Value == "cancelled").Select(row => (row.Key, Cancelled))).ToHashSet();
        var records = await Topic.WithEventsAsync(bootstrapServers, expected.Count, stop);

        var first = records.GroupBy(record => record.Key!).SelectMany(own => own.OrderBy(record => record.Offset).DistinctBy(record => record.Header("ce_id"))).ToList();
        Assert.Equal(expected.Order(), first.Select(record => (record.Key!, record.Header("ce_type")!)).Order());
        Assert.Empty(records.GroupBy(record => record.Header("ce_id")).Where(copies => copies.Count(copy => !copy.IsMarked()) > 1).Select(copies => copies.Key));
        Assert.All(first.GroupBy(record => record.Key), own => Assert.Equal(Placed, own.First().Header("ce_type")));
        AssertNumbered(first);
        return $"{table.Count} orders, {first.Count} events, {records.Count - first.Count} marked copies";
    }

    // Every source counts from 1 without a gap.
    private static void AssertNumbered(IEnumerable<KcatRecord> first)
    {
        foreach (var source in first.GroupBy(record => record.Header("ce_source")))
        {
            var numbers = source.Select(record => long.Parse(record.Header("ce_sequence")!, null)).Order().ToList();
            Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
        }
    }
}
