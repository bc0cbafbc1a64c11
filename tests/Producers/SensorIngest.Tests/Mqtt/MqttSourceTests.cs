using EventSourcing.SensorIngest.Tests.Support;

namespace EventSourcing.SensorIngest.Tests.Mqtt;

public sealed class MqttSourceTests
{
    private static readonly string[] CloudEvent =
    [
        "-V", "5", "-D", "publish", "content-type", "application/json", "-D", "publish", "user-property", "specversion", "1.0",
        "-D", "publish", "user-property", "type", "io.eventsourcing.sensor.reading.v1", "-D", "publish", "user-property", "source", "/pumps/d1/run",
        "-D", "publish", "user-property", "sequence", "000000000001",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [MqttFact]
    public async Task Reading_InEveryFormat_IsStoredEnrichedUnderItsAssetsKey()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await Rig.RegisterAsync(await rig.StartIngestAsync(Stop), Stop, "d1");

        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-m", """{"id":"plain","pressure":105.100}"""], stop: Stop);
        await rig.Mqtt.PublishAsync(
            "sensors/d1/readings",
            [.. CloudEvent, "-D", "publish", "user-property", "id", "binary", "-m", """{"deviceId":"d1","pressure":105.100}"""],
            stop: Stop);
        await rig.Mqtt.PublishAsync(
            "sensors/d1/readings",
            [
                "-V", "311", "-m",
                """{"specversion":"1.0","type":"io.eventsourcing.sensor.reading.v1","source":"/pumps/d1/run","id":"structured","datacontenttype":"application/json","data":{"deviceId":"d1","pressure":105.100}}""",
            ],
            stop: Stop);
        var records = await rig.ReadAsync("sensor-readings", 3, Stop);

        Assert.Equal(["plain", "binary", "structured"], records.Select(record => record.Id));
        Assert.All(records, record =>
        {
            Assert.Equal("asset-d1", record.Key);
            Assert.Equal("asset-d1", record.Header("ce_subject"));
            Assert.Equal("""{"deviceId":"d1","asset":{"assetId":"asset-d1","name":"Pump d1"},"pressure":105.100}""", record.Value);
            Assert.NotNull(record.Header("ce_recordedtime"));
            Assert.EndsWith("/schemas/io.eventsourcing.sensor.reading.v1", record.Header("ce_dataschema"), StringComparison.Ordinal);
            Assert.False(record.IsMarked);
        });
        Assert.Equal("000000000001", records[1].Header("ce_sequence"));
    }

    [MqttFact]
    public async Task PoisonMessages_AreDeadLetteredAsTheyCame_AndTheirNeighboursAreUnharmed()
    {
        await using var rig = await Rig.StartAsync(Stop);
        var ingest = await rig.StartIngestAsync(Stop, ("Mqtt:MaxPayloadBytes", "1024"), ("Registry:UnknownDeviceGrace", "00:00:00.100"));
        await Rig.RegisterAsync(ingest, Stop, "d1");

        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-m", """{"id":"before","pressure":1}"""], stop: Stop);
        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-m", "no reading"], stop: Stop);
        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-s"], input: new string('x', 5_000), stop: Stop);
        await rig.Mqtt.PublishAsync("sensors/nobody/readings", ["-m", """{"pressure":1}"""], stop: Stop);
        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-n"], stop: Stop);
        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-m", """{"id":"after","pressure":1}"""], stop: Stop);
        var stored = await rig.ReadAsync("sensor-readings", 2, Stop);
        var dead = await rig.ReadAsync("dead-letters", 4, Stop);

        Assert.Equal(["before", "after"], stored.Select(record => record.Id));
        Assert.Equal(
            ["urn:eventsourcing:malformed-json", "urn:eventsourcing:malformed-json", "urn:eventsourcing:too-large", "urn:eventsourcing:unknown-device"],
            dead.Select(record => record.Header("ce_reason")).Order());
        Assert.Contains(dead, record => record.Value == "no reading" && record.Header("ce_subject") == "sensors/d1/readings");
        Assert.Contains(dead, record => record.Value == new string('x', 1_024) && record.Header("ce_reasondetail")!.Contains("5000", StringComparison.Ordinal));
        Assert.Equal(0, ingest.Unacknowledged);
    }

    [MqttFact]
    public async Task Reading_ThatComesBeforeItsRegistration_WaitsForIt()
    {
        await using var rig = await Rig.StartAsync(Stop);
        var ingest = await rig.StartIngestAsync(Stop, ("Registry:UnknownDeviceGrace", "00:01:00"));

        await rig.Mqtt.PublishAsync("sensors/late/readings", ["-l"], Lines.Of("n", 3), Stop);
        await TestKit.Eventually.TrueAsync(() => ingest.Unacknowledged == 3, "three readings wait unacknowledged", stop: Stop);
        await rig.Mqtt.PublishAsync("sensors/late/assets", ["-m", """{"assetId":"asset-late","name":"Late"}"""], stop: Stop);
        var records = await rig.ReadAsync("sensor-readings", 3, Stop);

        Assert.Equal(Lines.IdsOf("n", 3), records.Select(record => record.Id));
        await TestKit.Eventually.TrueAsync(() => ingest.Unacknowledged == 0, "everything is acknowledged", stop: Stop);
    }

    [MqttFact]
    public async Task Reading_SentTwiceByItsDevice_IsStoredOnce()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await Rig.RegisterAsync(await rig.StartIngestAsync(Stop), Stop, "d1");

        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-l"], Lines.Of("n", 2) + Lines.Of("n", 3), Stop);
        var records = await rig.ReadAsync("sensor-readings", 3, Stop);

        Assert.Equal(Lines.IdsOf("n", 3), records.Select(record => record.Id));
    }

    [MqttFact]
    public async Task Trace_OfASampledDevice_GoesOnThroughTheRecord_AndAnUnsampledOneCostsNoSpan()
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        await using var rig = await Rig.StartAsync(Stop);
        await Rig.RegisterAsync(await rig.StartIngestAsync(Stop), Stop, "d1");

        foreach (var (id, flags) in new[] { ("sampled", "01"), ("unsampled", "00") })
        {
            await rig.Mqtt.PublishAsync(
                "sensors/d1/readings",
                ["-V", "5", "-D", "publish", "user-property", "traceparent", $"00-{trace}-b7ad6b7169203331-{flags}", "-m", $$"""{"id":"{{id}}","pressure":1}"""],
                stop: Stop);
        }

        var records = await rig.ReadAsync("sensor-readings", 2, Stop);

        Assert.StartsWith($"00-{trace}-", records[0].Header("traceparent"), StringComparison.Ordinal);
        Assert.DoesNotContain("b7ad6b7169203331", records[0].Header("traceparent"), StringComparison.Ordinal);
        Assert.Null(records[1].Header("traceparent"));
    }
}
