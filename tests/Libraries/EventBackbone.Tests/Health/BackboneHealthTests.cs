using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventSourcing.EventBackbone.Tests.Health;

public sealed class BackboneHealthTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Failover.Spool, HealthStatus.Degraded, "spools")]
    [InlineData(Failover.Refuse, HealthStatus.Unhealthy, "refuses")]
    public async Task Health_BackboneAwayAndBack_TellsTheTruthPerRoute(Failover failover, HealthStatus away, string word)
    {
        var route = Events.NewRoute(new DeliveryProfile { Failover = failover });
        await using var broker = await BrokerProcess.StartNewAsync();
        await using var service = await TestService.StartAsync(broker.BootstrapServers, [route]);
        await service.Publisher.PublishAsync(route, Events.New(1), Stop);

        var before = await StatusAsync(service, HealthStatus.Healthy);
        await broker.KillAsync();
        var during = await StatusAsync(service, away);
        await broker.StartAsync();
        await StatusAsync(service, HealthStatus.Healthy);

        Assert.Contains("backbone reachable", before.Description!, StringComparison.Ordinal);
        Assert.Contains($"{route.Name}: {word}", during.Description!, StringComparison.Ordinal);
    }

    private static Task<HealthReportEntry> StatusAsync(TestService service, HealthStatus expected) => Eventually.ValueAsync(
        async stop => (await service.Host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(stop)).Entries["backbone"],
        entry => entry.Status == expected, $"health is {expected}", stop: Stop);
}
