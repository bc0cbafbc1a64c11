using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Net;

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

    [Fact(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    public async Task BrokerKilledBetweenStoringAndAnswering_RefuseRoute_EveryReceiptOnceAndInOrder()
    {
        var route = Events.NewRoute(new DeliveryProfile { DeliveryTimeout = TimeSpan.FromMinutes(3) }, partitions: 1);
        await using var relay = new TcpRelay();
        var advertised = new Dictionary<string, string> { ["advertised.listeners"] = $"PLAINTEXT://{relay.Address}" };
        await using var kafka = await ApacheKafka.StartAsync(new ApacheKafkaOptions { Properties = advertised }, Stop);
        relay.Target = int.Parse(kafka.BootstrapServers.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        await using var service = await TestService.StartAsync(relay.Address, [route]);
        var load = new Load(service.Publisher, route);
        using var end = new CancellationTokenSource();
        var running = Task.Run(() => load.RunAsync(end.Token), Stop);
        await Eventually.TrueAsync(() => service.Books(route).Stored > 200, "events are stored", stop: Stop);

        relay.Deafen();                                       // stored from here on, and nobody hears of it
        await Eventually.TrueAsync(() => relay.SwallowedBytes > 0 && service.Books(route).Queued > 300, "acknowledgements are missing", stop: Stop);
        await kafka.KillAsync();
        relay.Hear();
        await kafka.RestartAsync(Stop);
        var before = service.Books(route).Stored;
        await Eventually.TrueAsync(() => service.Books(route).Stored > before + 500, "events are stored again", TimeSpan.FromMinutes(2), Stop);
        await end.CancelAsync();
        await running;
        await load.AnsweredAsync(Stop);

        Assert.DoesNotContain(load.Rejections(), rejection => rejection.IsOutcomeUnknown);
        Topics.AssertComplete(kafka.BootstrapServers, route.Name, load.At(ReceiptLevel.Stored), duplicatesAllowed: false);
        Assert.Equal(load.At(ReceiptLevel.Stored).Length, TopicReader.ReadAll(kafka.BootstrapServers, route.Name).Count);
    }
}
