using EventSourcing.EventBackbone.Tests.Support;

namespace EventSourcing.EventBackbone.Tests.Publishing;

public sealed class StopTests(BrokerFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_UnderLoad_EveryReceiptIsGivenAndStoredEventsAreThere()
    {
        var route = Events.NewRoute();
        await using var service = await TestService.StartAsync(fixture.BootstrapServers, [route]);
        var load = new Load(service.Publisher, route);
        for (var sequence = 1; sequence <= 5_000; sequence++)
            load.Publish(sequence);

        await service.StopAsync();
        load.Publish(5_001);
        await load.AnsweredAsync(Stop);

        Assert.Equal(5_000, load.At(ReceiptLevel.Stored).Length);
        Assert.Equal(Rejection.StoppingType, Assert.Single(load.Rejections()).Type);
        Topics.AssertComplete(fixture.BootstrapServers, route.Name, load.At(ReceiptLevel.Stored), duplicatesAllowed: false);
    }

    [Fact]
    public async Task Stop_BrokerFrozen_SpoolRouteSpoolsAndTheNextStartDelivers()
    {
        var route = Events.NewRoute(new DeliveryProfile { Failover = Failover.Spool });
        using var folder = new TestKit.TempFolder("spool");
        await using var broker = await BrokerProcess.StartNewAsync();
        Load load;
        await using (var service = await TestService.StartAsync(
            broker.BootstrapServers, [route], new() { ["Backbone:FlushTimeout"] = "00:00:01" }, folder.Path))
        {
            load = new Load(service.Publisher, route);
            load.Publish(1);
            await load.AnsweredAsync(Stop);
            broker.Freeze();
            for (var sequence = 2; sequence <= 100; sequence++)
                load.Publish(sequence);
            await service.StopAsync();
            await load.AnsweredAsync(Stop);
        }
        broker.Thaw();
        await using var next = await TestService.StartAsync(broker.BootstrapServers, [route], spoolFolder: folder.Path);
        await TestKit.Eventually.TrueAsync(() => next.Books(route).Spooled == 0, "the spool is drained", stop: Stop);

        Assert.Equal(99, load.At(ReceiptLevel.Spooled).Length);
        Topics.AssertComplete(broker.BootstrapServers, route.Name, Enumerable.Range(1, 100).Select(n => (long)n), duplicatesAllowed: true);
    }

    [Fact]
    public async Task Stop_BrokerFrozen_RefusingRouteSaysThatTheOutcomeIsUnknown()
    {
        var route = Events.NewRoute();
        await using var broker = await BrokerProcess.StartNewAsync();
        await using var service = await TestService.StartAsync(broker.BootstrapServers, [route], new() { ["Backbone:FlushTimeout"] = "00:00:01" });
        var load = new Load(service.Publisher, route);
        load.Publish(1);
        await load.AnsweredAsync(Stop);

        broker.Freeze();
        load.Publish(2);
        await service.StopAsync();
        await load.AnsweredAsync(Stop);
        broker.Thaw();

        Assert.True(Assert.Single(load.Rejections()).IsOutcomeUnknown);
        Assert.True(service.Books(route).IsBalanced);
    }
}
