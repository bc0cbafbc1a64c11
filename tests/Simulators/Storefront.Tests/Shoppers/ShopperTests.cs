using EventSourcing.LocalKafka;
using EventSourcing.Receipts;
using EventSourcing.Storefront.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.WebEvents.Tests.Support;

namespace EventSourcing.Storefront.Tests.Shoppers;

/// <summary>Shoppers on all three paths against a real collector and a real broker: what they were told and what is on the topic.</summary>
public sealed class ShopperTests(ShopFixture fixture)
{
    private const int Events = 1_500;

    private static readonly (string, string)[] Busy =
    [
        ("Shoppers:Enabled", "true"), ("Shoppers:EventsPerGroup", $"{Events}"), ("Shoppers:Visitors", "50"),
        ("Shoppers:HttpRatePerSecond", "700"), ("Shoppers:GrpcRatePerSecond", "700"), ("Shoppers:DirectRatePerSecond", "700"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shoppers_OnAllPaths_AreStoredOnceEachAndInOrderPerVisitor()
    {
        await using var shop = await StorefrontHost.StartAsync(fixture.BootstrapServers, fixture.WebEvents, Busy);

        await Eventually.TrueAsync(() => shop.Book.Totals.Stored == 3 * Events, "every event has its receipt", stop: Stop);

        Assert.Equal(new ReceiptTotals(3 * Events, 0, 0, 0, 0), shop.Book.Totals);
        foreach (var source in Sources(shop))
        {
            var records = TopicReader.Read(fixture.BootstrapServers, "web-events", source);
            Assert.Equal(Enumerable.Range(1, Events).Select(n => (long)n), records.Select(record => record.Sequence).Order());
            AssertOrderPerVisitor(records);
            Assert.All(records, record => Assert.NotNull(record.Header("ce_recordedtime")));
        }
    }

    [Fact]
    public async Task BrokerAway_CollectorRestartedWithItsSpool_NoReceiptIsWithoutItsRecord()
    {
        using var spool = new TempFolder("collector-spool");
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        var ports = FreePort.Next(2);
        var webEvents = await WebEventsHost.StartAsync(broker.BootstrapServers, ports[0], ports[1], ("Backbone:SpoolDirectory", spool.Path));
        await using var shop = await StorefrontHost.StartAsync(broker.BootstrapServers, webEvents, Busy);
        await Eventually.TrueAsync(() => Settled(shop.Book.Totals) > Events / 2, "the shoppers are under way", stop: Stop);

        await broker.StopAsync();
        await Eventually.TrueAsync(() => shop.Book.Totals.Spooled > 0, "the collector spools", stop: Stop);
        await webEvents.StopAsync();
        await webEvents.DisposeAsync();
        await broker.RestartAsync(Stop);
        webEvents = await WebEventsHost.StartAsync(broker.BootstrapServers, ports[0], ports[1], ("Backbone:SpoolDirectory", spool.Path));
        await Eventually.TrueAsync(() => Settled(shop.Book.Totals) == 3 * Events, "every event is settled", stop: Stop);

        await Eventually.ValueAsync(_ => Task.FromResult(Lost(broker, shop)), lost => lost == 0, "no receipt is without its record", stop: Stop);
        Assert.Equal(0, shop.Book.Totals.Rejected);
        foreach (var source in Sources(shop))
        {
            var records = TopicReader.Read(broker.BootstrapServers, "web-events", source);
            var unmarked = records.Where(record => record.Header("redelivery") is null).ToList();
            Assert.Equal(unmarked.Count, unmarked.DistinctBy(record => record.Sequence).Count());
            AssertOrderPerVisitor(records.DistinctBy(record => record.Sequence));
        }

        await webEvents.DisposeAsync();
    }

    [Fact]
    public async Task Shoppers_Stopped_HaveASettledBookThatTheTopicConfirms()
    {
        await using var shop = await StorefrontHost.StartAsync(
            fixture.BootstrapServers, fixture.WebEvents, [.. Busy, ("Shoppers:EventsPerGroup", "0")]);
        await Eventually.TrueAsync(() => shop.Book.Totals.Stored > 300, "the shoppers are under way", stop: Stop);
        var sources = Sources(shop).ToList();

        await shop.StopAsync();

        Assert.Equal((0, 0), (shop.Book.Totals.Unanswered, shop.Book.Totals.Rejected));
        var records = sources.Sum(source => TopicReader.Read(fixture.BootstrapServers, "web-events", source).Count);
        Assert.Equal(shop.Book.Totals.Stored, records);
    }

    private static long Settled(ReceiptTotals totals) => totals.Stored + totals.Spooled + totals.Rejected + totals.Unanswered;

    private static IEnumerable<string> Sources(StorefrontHost shop) => shop.Book.Snapshot().Select(page => page.Source);

    private static long Lost(LocalKafkaBroker broker, StorefrontHost shop) => shop.Book.Snapshot().Sum(page =>
    {
        var stored = new SequenceSet();
        foreach (var record in TopicReader.Read(broker.BootstrapServers, "web-events", page.Source))
            stored.Add(record.Sequence);
        return (page.Stored?.CountExcept(stored) ?? 0) + (page.Spooled?.CountExcept(stored) ?? 0);
    });

    private static void AssertOrderPerVisitor(IEnumerable<TopicRecord> records) => Assert.All(records.GroupBy(record => record.Key), visitor =>
        Assert.Equal(visitor.Select(record => record.Sequence).Order(), visitor.Select(record => record.Sequence)));
}
