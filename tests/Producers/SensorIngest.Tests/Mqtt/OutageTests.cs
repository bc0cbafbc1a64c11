using EventSourcing.SensorIngest.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.SensorIngest.Tests.Mqtt;

public sealed class OutageTests
{
    private const int Count = 200;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [MqttFact]
    public async Task WithoutReceipts_AtMostReceiveMaximumMessagesAreHeld_ThenEverythingArrivesOnceInOrder()
    {
        await using var rig = await Rig.StartAsync(Stop);
        var ingest = await rig.StartIngestAsync(Stop, ("Mqtt:ReceiveMaximum", "10"), ("Registry:UnknownDeviceGrace", "00:05:00"));

        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-l"], Lines.Of("n", Count), Stop);
        await Eventually.TrueAsync(() => ingest.Unacknowledged == 10, "Receive Maximum messages are held", stop: Stop);
        await Rig.RegisterAsync(ingest, Stop, "d1");
        var records = await rig.ReadAsync("sensor-readings", Count, Stop);

        Assert.Equal(Lines.IdsOf("n", Count), records.Select(record => record.Id));
        Assert.DoesNotContain(records, record => record.IsMarked);
        await Eventually.TrueAsync(() => ingest.Unacknowledged == 0, "everything is acknowledged", stop: Stop);
    }

    [MqttFact]
    public async Task KafkaAway_NothingIsAcknowledged_ThenEverythingArrivesOnceOrMarkedInOrder()
    {
        await using var rig = await Rig.StartAsync(Stop);
        var ingest = await rig.StartIngestAsync(Stop);
        await Rig.RegisterAsync(ingest, Stop, "d1");

        await rig.Kafka.StopAsync();
        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-l"], Lines.Of("n", Count), Stop);
        await ingest.IsNotReadyAsync(Stop);
        await rig.Kafka.RestartAsync(Stop);
        var records = await rig.ReadAllIdsAsync(Count, Stop);

        Lines.AssertAllOnceOrMarked(records, "n", Count);
        await ingest.IsReadyAsync(Stop);
    }

    [MqttFact]
    public async Task KafkaAwayLongerThanTheDeliveryTimeout_MessagesComeAgain_AndArriveOnceOrMarked()
    {
        await using var rig = await Rig.StartAsync(Stop);
        var ingest = await rig.StartIngestAsync(Stop, ("Backbone:Routes:sensor-readings:DeliveryTimeout", "00:00:01"), ("Mqtt:ReceiveMaximum", "20"));
        await Rig.RegisterAsync(ingest, Stop, "d1");

        await rig.Kafka.StopAsync();
        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-l"], Lines.Of("n", Count), Stop);
        await ingest.IsNotReadyAsync(Stop);
        await rig.Kafka.RestartAsync(Stop);
        var records = await rig.ReadAllIdsAsync(Count, Stop);

        Lines.AssertAllOnceOrMarked(records, "n", Count);
        await ingest.IsReadyAsync(Stop);
    }

    [Theory(Skip = MqttFactAttribute.Reason, SkipUnless = nameof(MqttFactAttribute.IsPossible), SkipType = typeof(MqttFactAttribute))]
    [InlineData("00:01:00")]
    [InlineData("00:00:01")]
    public async Task KafkaAwayWhileADeviceRegisters_ItsReadingsWaitForTheRegistration(string deliveryTimeoutOfAssets)
    {
        await using var rig = await Rig.StartAsync(Stop);
        var ingest = await rig.StartIngestAsync(Stop, ("Registry:UnknownDeviceGrace", "00:00:00"), ("Backbone:Routes:assets:DeliveryTimeout", deliveryTimeoutOfAssets));

        await rig.Kafka.StopAsync();
        await rig.Mqtt.PublishAsync("sensors/d1/assets", ["-m", """{"assetId":"asset-d1","name":"Pump d1"}"""], stop: Stop);
        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-l"], Lines.Of("n", Count), Stop);
        await ingest.IsNotReadyAsync(Stop);
        await rig.Kafka.RestartAsync(Stop);
        var records = await rig.ReadAllIdsAsync(Count, Stop);

        Lines.AssertAllOnceOrMarked(records, "n", Count);
        Assert.Empty(await TopicLog.ReadAsync(rig.Kafka.BootstrapServers, "dead-letters"));
    }

    [MqttFact]
    public async Task MqttBrokerRestarted_TheServiceReconnects_AndNothingIsLost()
    {
        await using var rig = await Rig.StartAsync(Stop);
        var ingest = await rig.StartIngestAsync(Stop);
        await Rig.RegisterAsync(ingest, Stop, "d1");
        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-l"], Lines.Of("n", Count), Stop);

        var before = ingest.Connections;
        await rig.Mqtt.RestartAsync(Stop);
        // mosquitto 2.0 keeps a session's messages over a restart but not its shared subscriptions: they stand again when the service is back.
        await Eventually.TrueAsync(() => ingest.Connections is { Count: > 0 } now && now.Count == before.Count && !now.Intersect(before).Any(), "the service has reconnected", stop: Stop);
        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-m", """{"id":"after","pressure":1}"""], stop: Stop);
        var records = await rig.ReadAllIdsAsync(Count + 1, Stop);

        Lines.AssertAllOnceOrMarked(records, "n", Count);
        await ingest.IsReadyAsync(Stop);
    }
}
