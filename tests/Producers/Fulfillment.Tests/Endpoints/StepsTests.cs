using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EventSourcing.Fulfillment.Tests.Support;
using EventSourcing.LocalKafka;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Postgres;

namespace EventSourcing.Fulfillment.Tests.Endpoints;

public sealed class StepsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [PostgresFact]
    public async Task PlacedOrder_GoesItsWay_VisibleOnTheTopic_InTheSteps_AndInTheView_ThroughOutageAndRestart()
    {
        using var folder = new TempFolder("fulfillment");
        await using var postgres = await PostgresServer.StartAsync(["fulfillment"], Stop);
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        using var events = await OrderEvents.OpenAsync(kafka.BootstrapServers);
        await using var service = await FulfillmentHost.StartAsync(
            kafka.BootstrapServers, postgres.ConnectionString("fulfillment"), folder.Path,
            ("World:OutOfStockPercent", "0"), ("World:PaymentDeclinedPercent", "0"), ("World:TransientPercent", "0"), ("World:StuckPercent", "0"));
        var (id, trace) = (OrderEvents.NewId(), ActivityTraceId.CreateRandom().ToHexString());

        events.Garbage("no event");
        events.Place(id, $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        events.Place(id);                                     // twice: nothing more happens
        var records = await RecordsAsync(kafka, 5);
        var page = await GetAsync(service, "/steps?after=2&limit=2");

        Assert.Equal(["receive-order", "reserve-stock", "take-payment", "pack", "ship"], records.Select(record => record.Header("ce_bamptxsid")));
        Assert.All(records, record => Assert.Equal(
            (id, id, "order-fulfillment", "success", "io.eventsourcing.process.step.v1"),
            (record.Key, record.Header("ce_bamtxid"), record.Header("ce_bampid"), record.Header("ce_bamptxsstatus"), record.Header("ce_type"))));
        Assert.Equal(["order", "warehouse", "payment", "warehouse", "warehouse"], records.Select(record => record.Header("ce_bamptxid")));
        Assert.Equal([null, null, null, null, "true"], records.Select(record => record.Header("ce_bamptxcompleted")));
        Assert.All(records, record => Assert.Equal(trace, record.Header("traceparent")!.Split('-')[1]));
        Assert.Equal(records[0].Header("ce_source"), page["source"]!.GetValue<string>());
        Assert.Equal(5, page["last"]!.GetValue<int>());
        Assert.Equal([3, 4], page["steps"]!.AsArray().Select(step => step!["sequence"]!.GetValue<int>()));
        Assert.Equal(records.Skip(2).Take(2).Select(record => record.Header("ce_id")), page["steps"]!.AsArray().Select(step => step!["id"]!.GetValue<string>()));
        Assert.Single(await TopicLog.ReadAsync(kafka.BootstrapServers, "dead-letters"));

        await kafka.StopAsync();
        await postgres.KillAsync();
        await postgres.StartAgainAsync(Stop);
        await kafka.RestartAsync(Stop);
        events.Place(OrderEvents.NewId());
        await RecordsAsync(kafka, 10);
        await Eventually.TrueAsync(
            async _ => (await GetAsync(service, "/conformance"))["ended"]!["completed"]?.GetValue<int>() == 2, "both have ended", stop: Stop);
        Assert.Equal(0, (await GetAsync(service, "/conformance"))["leftCount"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.BadRequest, (await service.Http.GetAsync(new Uri("/steps?limit=6000", UriKind.Relative), Stop)).StatusCode);
    }

    private static async Task<JsonNode> GetAsync(FulfillmentHost service, string path) =>
        (await service.Http.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative), Stop))!;

    private static async Task<List<KcatRecord>> RecordsAsync(LocalKafkaBroker kafka, int count)
    {
        var records = await Eventually.ValueAsync(
            async stop => (await Kcat.ConsumeAllAsync(kafka.BootstrapServers, "process-steps", stop: stop)).DistinctBy(record => record.Header("ce_id")).ToList(),
            found => found.Count >= count, $"{count} steps", stop: Stop);
        return [.. records.OrderBy(record => record.Header("ce_sequence"))];
    }
}
