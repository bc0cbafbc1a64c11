using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EventSourcing.Fulfillment.Tests.Support;
using EventSourcing.LocalKafka;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Postgres;

namespace EventSourcing.Fulfillment.Tests.Faults;

public sealed class OutageTests
{
    private const int Orders = 100;
    private const int Bound = 50;
    private const int Batch = 20;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [PostgresFact]
    public async Task BackboneAway_UntilTheBoundIsReached_TheProcessStandsStill_AndGoesOnAfterwards()
    {
        using var folder = new TempFolder("fulfillment");
        await using var postgres = await PostgresServer.StartAsync(["fulfillment"], Stop);
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        using var events = await OrderEvents.OpenAsync(kafka.BootstrapServers);
        await using var service = await FulfillmentHost.StartAsync(
            kafka.BootstrapServers, postgres.ConnectionString("fulfillment"), folder.Path,
            ("Process:StepDelay", "00:00:03"), ("Process:Timeout", "00:10:00"), ("Process:Workers", "1"), ("Process:BatchInstances", $"{Batch}"),
            ("Outbox:MaxWaiting", $"{Bound}"), ("World:StuckPercent", "0"));

        for (var i = 0; i < Orders; i++)
            events.Place(OrderEvents.NewId());
        events.Flush(Stop);
        await Eventually.TrueAsync(
            async stop => await postgres.PsqlAsync("fulfillment", "SELECT count(*) FROM fulfillment.instances", stop) == $"{Orders}", "every order is known", stop: Stop);
        await kafka.StopAsync();
        await Eventually.ValueAsync(_ => WaitingAsync(postgres), waiting => waiting >= Bound, "the bound is reached", stop: Stop);
        await Outage.LastsAsync(TimeSpan.FromSeconds(4), Stop);   // longer than any instance is due for

        Assert.InRange(await WaitingAsync(postgres), Bound, Bound + Batch);
        Assert.Equal("Degraded", await service.Http.GetStringAsync(new Uri("/health", UriKind.Relative), Stop));
        await kafka.RestartAsync(Stop);
        var report = await Eventually.ValueAsync(
            async stop => (await service.Http.GetFromJsonAsync<JsonNode>(new Uri("/conformance", UriKind.Relative), stop))!,
            seen => seen["ended"]!.AsObject().Sum(own => own.Value!.GetValue<int>()) == Orders, "every instance has ended", TimeSpan.FromMinutes(2), Stop);
        Assert.Equal((0, 0), (report["leftCount"]!.GetValue<int>(), report["running"]!.GetValue<int>()));
    }

    private static async Task<long> WaitingAsync(PostgresServer postgres) => long.Parse(
        await postgres.PsqlAsync("fulfillment", "SELECT c.last_sequence - r.stored_sequence FROM fulfillment.counter c, fulfillment.relay r", Stop), null);
}
