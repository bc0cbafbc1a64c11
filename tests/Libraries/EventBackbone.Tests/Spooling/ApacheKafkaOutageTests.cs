using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.EventBackbone.Tests.Spooling;

/// <summary>The outage again, with Apache Kafka as the broker.</summary>
public sealed class ApacheKafkaOutageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    public async Task BrokerKilledUnderLoad_SpoolRoute_EveryEventOnceAndInOrder()
    {
        var route = Events.NewRoute(new DeliveryProfile { Failover = Failover.Spool });
        await using var kafka = await ApacheKafka.StartAsync(stop: Stop);
        await using var service = await TestService.StartAsync(kafka.BootstrapServers, [route]);
        var load = new Load(service.Publisher, route);
        using var end = new CancellationTokenSource();
        var running = Task.Run(() => load.RunAsync(end.Token), Stop);
        await Eventually.TrueAsync(() => service.Books(route).Stored > 200, "events are stored", stop: Stop);

        await kafka.KillAsync();
        await Eventually.TrueAsync(() => service.Books(route).Spooled > 500, "events are spooled", stop: Stop);
        await kafka.RestartAsync(Stop);
        await Eventually.ValueAsync(
            _ => Task.FromResult(service.Books(route)), books => !books.IsSpooling, "the spool is drained", TimeSpan.FromMinutes(2), Stop);
        await end.CancelAsync();
        await running;
        await load.AnsweredAsync(Stop);

        Assert.Empty(load.Rejections());
        Assert.NotEmpty(load.At(ReceiptLevel.Spooled));
        await Eventually.TrueAsync(() => service.Books(route).Stored == load.Last, "all are stored", stop: Stop);
        Topics.AssertComplete(kafka.BootstrapServers, route.Name, Enumerable.Range(1, (int)load.Last).Select(n => (long)n), duplicatesAllowed: false);
    }
}
