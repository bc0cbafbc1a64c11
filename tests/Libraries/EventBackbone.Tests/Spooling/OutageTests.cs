using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.EventBackbone.Tests.Spooling;

public sealed class OutageTests
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BrokerKilledForTenSeconds_SpoolRoute_EveryEventOnceAndInOrder()
    {
        var route = Events.NewRoute(new DeliveryProfile { Failover = Failover.Spool });
        await using var broker = await BrokerProcess.StartNewAsync();
        await using var service = await TestService.StartAsync(broker.BootstrapServers, [route]);
        var load = new Load(service.Publisher, route);
        using var end = new CancellationTokenSource();
        var running = Task.Run(() => load.RunAsync(end.Token), Stop);
        await Eventually.TrueAsync(() => service.Books(route).Stored > 200, "events are stored", stop: Stop);

        await broker.KillAsync();
        var away = System.Diagnostics.Stopwatch.StartNew();
        await Eventually.TrueAsync(() => service.Books(route).Spooled > 100, "events are spooled", stop: Stop);
        await Eventually.TrueAsync(() => away.Elapsed > Outage, "the outage is long enough", stop: Stop);
        await broker.StartAsync();
        await Eventually.TrueAsync(() => !service.Books(route).IsSpooling, "the spool is drained", stop: Stop);
        var before = service.Books(route).Stored;
        await Eventually.TrueAsync(() => service.Books(route).Stored > before, "events go directly again", stop: Stop);
        await end.CancelAsync();
        await running;
        await load.AnsweredAsync(Stop);

        Assert.Empty(load.Rejections());
        Assert.NotEmpty(load.At(ReceiptLevel.Spooled));
        Assert.NotEmpty(load.At(ReceiptLevel.Stored));
        var books = service.Books(route);
        Assert.Equal((load.Last, load.Last, 0, 0), (books.Accepted, books.Stored, books.Spooled, books.Queued));
        Topics.AssertComplete(broker.BootstrapServers, route.Name, Sequences(load.Last), duplicatesAllowed: false);
    }

    [Fact]
    public async Task BrokerFrozen_SpoolRoute_EventsInFlightAreReceiptedAsSpooledAndStoredOnce()
    {
        var route = Events.NewRoute(new DeliveryProfile { Failover = Failover.Spool, DeliveryTimeout = TimeSpan.FromSeconds(1) });
        await using var broker = await BrokerProcess.StartNewAsync();
        await using var service = await TestService.StartAsync(broker.BootstrapServers, [route]);
        var load = new Load(service.Publisher, route);
        load.Publish(1);
        await load.AnsweredAsync(Stop);

        broker.Freeze();
        for (var sequence = 2; sequence <= 50; sequence++)
            load.Publish(sequence);
        await load.AnsweredAsync(Stop);
        load.Publish(51);
        await load.AnsweredAsync(Stop);
        var frozen = service.Books(route);
        broker.Thaw();
        await Eventually.ValueAsync(
            _ => Task.FromResult(service.Books(route)), books => books is { IsSpooling: false, Stored: 51 }, "all are stored", stop: Stop);

        Assert.Equal(50, load.At(ReceiptLevel.Spooled).Length);
        Assert.Equal((51, 1, 50), (frozen.Accepted, frozen.Stored, frozen.Spooled));
        Topics.AssertComplete(broker.BootstrapServers, route.Name, Sequences(51), duplicatesAllowed: false);
    }

    [Fact]
    public async Task BrokerKilled_RefusingRoute_RefusesFastAndRecoversWithinSeconds()
    {
        var route = Events.NewRoute(new DeliveryProfile { DeliveryTimeout = TimeSpan.FromSeconds(2) });
        await using var broker = await BrokerProcess.StartNewAsync();
        await using var service = await TestService.StartAsync(broker.BootstrapServers, [route]);
        Assert.True((await service.Publisher.PublishAsync(route, Events.New(1), Stop)).IsAccepted);

        await broker.KillAsync();
        var refused = await Eventually.ValueAsync(
            async stop => await service.Publisher.PublishAsync(route, Events.New(2), stop), receipt => !receipt.IsAccepted, "refused", stop: Stop);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var again = await Eventually.ValueAsync(
            async stop => await service.Publisher.PublishAsync(route, Events.New(3), stop),
            receipt => receipt.Rejection?.Type == Rejection.UnavailableType, "refused as unreachable", stop: Stop);
        await broker.StartAsync();
        clock.Restart();
        var receipt = await Eventually.ValueAsync(
            async stop => await service.Publisher.PublishAsync(route, Events.New(4), stop), receipt => receipt.IsAccepted, "accepted again", stop: Stop);

        Assert.Equal(RejectionKind.Unavailable, refused.Rejection!.Kind);
        Assert.NotNull(again.Rejection!.RetryAfter);
        Assert.Equal(ReceiptLevel.Stored, receipt.Level);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"recovery was noticed after {clock.Elapsed}");
        Assert.True(service.Books(route).IsBalanced);
    }

    [Fact]
    public async Task NoBrokerAtStart_SpoolRoute_StartsSpoolsAndDrainsLater()
    {
        var route = Events.NewRoute(new DeliveryProfile { Failover = Failover.Spool });
        await using var broker = await BrokerProcess.StartNewAsync();
        await broker.KillAsync();
        await using var service = await TestService.StartAsync(
            broker.BootstrapServers, [route], new() { ["Backbone:TopicTimeout"] = "00:00:00.100" });

        var load = new Load(service.Publisher, route);
        for (var sequence = 1; sequence <= 100; sequence++)
            load.Publish(sequence);
        await load.AnsweredAsync(Stop);
        await broker.StartAsync();
        await Eventually.TrueAsync(() => service.Books(route).Stored == 100, "all are stored", stop: Stop);

        Assert.Equal(100, load.At(ReceiptLevel.Spooled).Length);
        Topics.AssertComplete(broker.BootstrapServers, route.Name, Sequences(100), duplicatesAllowed: false);
    }

    private static IEnumerable<long> Sequences(long last) => Enumerable.Range(1, (int)last).Select(n => (long)n);
}
