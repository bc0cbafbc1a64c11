using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using EventSourcing.Orders.Tests.Support;

namespace EventSourcing.Orders.Tests.Endpoints;

public sealed class CommandTests(OrdersFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Http => fixture.Service.Http;

    [PostgresFact]
    public async Task PlacedOrder_IsCreated_AndItsEventIsOnTheTopic_AsTheAnswerPromised()
    {
        var channel = $"{Guid.NewGuid():N}/web";

        using var response = await Http.PlaceAsync(Api.Order(channel, 17), Stop);
        var answer = await response.JsonAsync(Stop);
        var id = answer.Text("order", "orderId");
        var record = Assert.Single(await fixture.RecordsAsync(id, 1, Stop));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(($"/orders/{id}", "\"1\""), (response.Headers.Location!.OriginalString, response.Headers.ETag!.Tag));
        Assert.Equal(("spooled", "orders"), (answer.Text("receipt", "status"), answer.Text("receipt", "topic")));
        Assert.Equal(
            (answer.Text("receipt", "id"), $"/orders/{channel}", "000000000017", "io.eventsourcing.order.placed.v1"),
            (record.Header("ce_id"), record.Header("ce_source"), record.Header("ce_sequence"), record.Header("ce_type")));
        Assert.Equal(answer.Text("receipt", "sequence"), record.Header("ce_sequence"));
        Assert.Equal((id, id), (record.Header("ce_subject"), record.Header("ce_partitionkey")));
        Assert.Equal("application/json", record.Header("content-type"));
        Assert.Null(record.Header("redelivery"));
        var data = JsonNode.Parse(record.Value!)!;
        Assert.Equal((27.97m, 1, "c-1"), (data["total"]!.GetValue<decimal>(), data["version"]!.GetValue<int>(), data.Text("customerId")));
        using var schema = await Http.GetAsync(new Uri(record.Header("ce_dataschema")!).AbsolutePath, Stop);
        Assert.Equal(HttpStatusCode.OK, schema.StatusCode);
    }

    [PostgresFact]
    public async Task OrderWithoutChannel_IsNumberedByTheService_WithoutGaps()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            using var response = await Http.PlaceAsync(Api.Order(), Stop);
            ids.Add(await response.OrderIdAsync(Stop));
        }

        foreach (var id in ids)
            await fixture.RecordsAsync(id, 1, Stop);
        var own = (await Topic.ReadAsync(fixture.BootstrapServers, Stop)).Where(record => record.Header("ce_source") == "/orders").ToList();
        var numbers = own.Select(record => long.Parse(record.Header("ce_sequence")!, null)).Order().ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
        Assert.Equal(ids, own.Where(record => ids.Contains(record.Key!)).OrderBy(record => record.Header("ce_sequence")).Select(record => record.Key!));
    }

    [PostgresFact]
    public async Task Order_IsRead_AndNotSentAgainToWhoHasItsVersion()
    {
        using var placed = await Http.PlaceAsync(Api.Order(), Stop);
        var expected = (await placed.JsonAsync(Stop))["order"]!;
        var path = placed.Headers.Location!.OriginalString;

        using var read = await Http.GetAsync(path, Stop);
        using var conditional = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "If-None-Match", "\"1\"" } } };
        using var known = await Http.SendAsync(conditional, Stop);
        using var unknown = await Http.GetAsync($"/orders/{Guid.NewGuid()}", Stop);

        Assert.True(JsonNode.DeepEquals(expected, await read.JsonAsync(Stop)));
        Assert.Equal("\"1\"", read.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Equal((HttpStatusCode.NotFound, "order-not-found"), (unknown.StatusCode, await unknown.ProblemAsync(Stop)));
    }

    [PostgresFact]
    public async Task CancelledOrder_HasItsEventBehindTheFirst()
    {
        using var placed = await Http.PlaceAsync(Api.Order(), Stop);
        var id = await placed.OrderIdAsync(Stop);

        using var cancelled = await Http.CancelAsync(id, Stop, Api.Cancel(reason: "too late"), ifMatch: "\"1\"");
        using var again = await Http.CancelAsync(id, Stop);
        using var stale = await Http.CancelAsync(id, Stop, ifMatch: "\"1\"");
        using var unknown = await Http.CancelAsync(Guid.NewGuid().ToString(), Stop);
        var records = await fixture.RecordsAsync(id, 2, Stop);

        Assert.Equal((HttpStatusCode.OK, "\"2\""), (cancelled.StatusCode, cancelled.Headers.ETag!.Tag));
        Assert.Equal("cancelled", (await cancelled.JsonAsync(Stop)).Text("order", "status"));
        Assert.Equal((HttpStatusCode.Conflict, "order-state"), (again.StatusCode, await again.ProblemAsync(Stop)));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "version-mismatch"), (stale.StatusCode, await stale.ProblemAsync(Stop)));
        Assert.Equal((HttpStatusCode.NotFound, "order-not-found"), (unknown.StatusCode, await unknown.ProblemAsync(Stop)));
        Assert.Equal(
            ["io.eventsourcing.order.placed.v1", "io.eventsourcing.order.cancelled.v1"],
            records.OrderBy(record => record.Offset).Select(record => record.Header("ce_type")));
        Assert.Equal("too late", JsonNode.Parse(records.MaxBy(record => record.Offset)!.Value!)!.Text("reason"));
    }

    [PostgresFact]
    public async Task ManyCancel_WithTheSameVersion_OneDoes()
    {
        using var placed = await Http.PlaceAsync(Api.Order(), Stop);
        var id = await placed.OrderIdAsync(Stop);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Http.CancelAsync(id, Stop, ifMatch: "\"1\"")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
        Assert.Equal(2, (await fixture.RecordsAsync(id, 2, Stop)).Count);
    }

    [PostgresFact]
    public async Task Trace_GoesFromTheRequest_ThroughTheOutbox_ToTheTopic()
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();

        using var handler = new SocketsHttpHandler { ActivityHeadersPropagator = null }; // this process is traced, too
        using var http = new HttpClient(handler) { BaseAddress = Http.BaseAddress };
        using var response = await http.SendAsync(
            "/orders", Api.Order(), Stop, ("Idempotency-Key", Api.NewKey()), ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01"));
        var record = Assert.Single(await fixture.RecordsAsync(await response.OrderIdAsync(Stop), 1, Stop));

        Assert.Equal(trace, record.Header("traceparent")!.Split('-')[1]);
        Assert.Equal(trace, record.Header("ce_traceparent")!.Split('-')[1]);
    }
}
