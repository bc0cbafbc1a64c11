using System.Text.Json;
using Amqp.Framing;
using EventSourcing.MqAdapter.Tests.Support;
using EventSourcing.Till.Sales;

namespace EventSourcing.MqAdapter.Tests.Mq;

/// <summary>From the queue to the topic over real protocols.</summary>
public sealed class MqSourceTests
{
    private static readonly Sale Example = new("S0001", "T02", 4711, DateTimeOffset.UnixEpoch, "4006381333", "PENCIL HB 12", 2, 3.49m);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_BecomeEvents_KeyedByStore_NumberedByTheGroup()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await using var adapter = await rig.StartAdapterAsync(Stop);

        await rig.SendAsync("store-sales", Rig.Bytes(
            new SaleRecords("IBM037").Encode([Example, Example with { Quantity = -1 }]), "m1", own => (own.GroupId, own.GroupSequence) = ("run1-g1", 7)));
        var records = await rig.ReadAsync(Rig.Topic, 2, Stop);

        Assert.Equal(["m1:0", "m1:1"], records.Select(record => record.Id));
        Assert.Equal(["000000000007", "000000000008"], records.Select(record => record.Header("ce_sequence")));
        Assert.All(records, record => Assert.Equal(
            ("S0001", "/mq/run1-g1/store-sales", "io.eventsourcing.store.sale.v1", "S0001", "application/json", false),
            (record.Key, record.Header("ce_source"), record.Header("ce_type"), record.Header("ce_subject"), record.Header("content-type"), record.IsMarked)));
        Assert.StartsWith("1970-01-01T00:00:00", records[0].Header("ce_time"), StringComparison.Ordinal);
        Assert.EndsWith("/schemas/io.eventsourcing.store.sale.v1", records[0].Header("ce_dataschema"), StringComparison.Ordinal);
        Assert.Equal(6.98m, JsonDocument.Parse(records[0].Value!).RootElement.GetProperty("amount").GetDecimal());
        await rig.QueueHasAsync("store-sales", 0, Stop);
    }

    [Fact]
    public async Task Json_And_Text_AreKeyed_ByCorrelationId_AndGroupId()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await using var adapter = await rig.StartAdapterAsync(Stop);

        await rig.SendAsync("json-sales", Rig.Json("j1", store: "S9"));
        await rig.SendAsync("notes", Rig.Bytes(Convert.FromHexString("C88593939640E6969993845A"), "n1", own => own.GroupId = "g9"));
        var records = await rig.ReadAsync(Rig.Topic, 2, Stop);

        var json = records.Single(record => record.Id == "j1");
        var text = records.Single(record => record.Id == "n1");
        Assert.Equal(("S9", "/mq/json-sales"), (json.Key, json.Header("ce_source")));
        Assert.Equal(("g9", "Hello World!", "io.example.note.v1"), (text.Key, text.Value, text.Header("ce_type")));
        Assert.StartsWith("text/plain", text.Header("content-type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MessageWithoutId_GetsADigest()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await using var adapter = await rig.StartAdapterAsync(Stop);

        await rig.SendAsync("json-sales", Rig.Bytes("""{"storeId":"S1","sku":"1","quantity":1,"unitPrice":1}"""u8.ToArray(), null));
        await rig.SendAsync("json-sales", Rig.Bytes("""{"storeId":"S1","sku":"1","quantity":1,"unitPrice":1}"""u8.ToArray(), null));
        var records = await rig.ReadAsync(Rig.Topic, 2, Stop);

        Assert.All(records, record => Assert.StartsWith("sha256-", record.Id, StringComparison.Ordinal));
        Assert.Single(records.Select(record => record.Id).Distinct());
        Assert.All(records, record => Assert.False(record.IsMarked));
    }

    [Fact]
    public async Task Poison_IsDeadLettered_WithContext_Rejected_AndTheAdapterGoesOn()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await using var adapter = await rig.StartAdapterAsync(Stop);

        await rig.SendAsync("json-sales", Rig.Json("good1"), Rig.Bytes("no json"u8.ToArray(), "bad", own => own.CorrelationId = "S7"), Rig.Json("good2"));
        await rig.SendAsync("store-sales", new Amqp.Message("a string") { Properties = new Properties { MessageId = "string" } });
        var records = await rig.ReadAsync(Rig.Topic, 2, Stop);
        var dead = await rig.ReadAsync("dead-letters", 2, Stop);

        Assert.Equal(["good1", "good2"], records.Select(record => record.Id).Order());
        var letter = dead.Single(record => record.Value == "no json");
        Assert.Equal(("S7", "amqp:json-sales/bad", "urn:eventsourcing:undecodable-message"), (letter.Key, letter.Header("ce_subject"), letter.Header("ce_reason")));
        Assert.Contains(dead, record => record.Header("ce_subject") == "amqp:store-sales/string");
        await rig.QueueHasAsync("json-sales.dlq", 1, Stop);
        await rig.QueueHasAsync("json-sales", 0, Stop);
        Assert.Equal("Healthy", await adapter.HealthAsync(Stop));
    }

    [Fact]
    public async Task TooLargeEvent_IsDeadLettered()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await using var adapter = await rig.StartAdapterAsync(Stop);

        await rig.SendAsync("notes", Rig.Bytes(Enumerable.Repeat((byte)0xC1, 100_000).ToArray(), "large"));
        var dead = await rig.ReadAsync("dead-letters", 1, Stop);

        Assert.Equal("urn:eventsourcing:too-large", dead[0].Header("ce_reason"));
        await rig.QueueHasAsync("notes", 0, Stop);
    }

    [Fact]
    public async Task SampledTrace_GoesOn_IntoTheRecord()
    {
        const string TraceId = "0af7651916cd43dd8448eb211c80319c";
        await using var rig = await Rig.StartAsync(Stop);
        await using var adapter = await rig.StartAdapterAsync(Stop);
        var message = Rig.Json("traced");
        message.ApplicationProperties = new ApplicationProperties { Map = { ["traceparent"] = $"00-{TraceId}-b7ad6b7169203331-01" } };

        await rig.SendAsync("json-sales", message);
        var record = Assert.Single(await rig.ReadAsync(Rig.Topic, 1, Stop));

        Assert.Contains(TraceId, record.Header("traceparent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_IsServed()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await using var adapter = await rig.StartAdapterAsync(Stop);

        var schema = await adapter.Http.GetStringAsync("/schemas/io.eventsourcing.store.sale.v1", Stop);

        Assert.True(JsonDocument.Parse(schema).RootElement.GetProperty("properties").TryGetProperty("unitPrice", out _));
    }
}
