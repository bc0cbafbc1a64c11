using EventSourcing.SensorIngest.Tests.Support;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.SensorIngest.Tests.Mqtt;

public sealed class LaneTakeoverTests
{
    private const int Count = 500;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [MqttFact]
    public async Task LanesOfAKilledReplica_AreTakenOver_WithWhatTheirSessionsHold()
    {
        await using var rig = await Rig.StartAsync(Stop);
        var environment = rig.Settings(("Mqtt:OnlyLanes:0", "2"), ("Mqtt:OnlyLanes:1", "3"))
            .ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        Ingest survivor;
        await using (var victim = TestProcess.Start(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "SensorIngest.dll"), "--urls", "http://127.0.0.1:0"], environment, AppContext.BaseDirectory))
        {
            await victim.WaitForLineAsync(
                line => line.Contains("Subscribed to", StringComparison.Ordinal) && line.Contains("lane-3/", StringComparison.Ordinal), "it has lane 3", stop: Stop);
            survivor = await rig.StartIngestAsync(Stop, ("Mqtt:LanesPerReplica", "2"), ("Mqtt:TakeoverAfter", "00:00:01"));
            await Rig.RegisterAsync(survivor, Stop, "d3");
            Assert.Equal(2, survivor.Connections.Count);
            await victim.KillAsync();
        }

        await rig.Mqtt.PublishAsync("sensors/lane-3/d3/readings", ["-l"], Lines.Of("n", Count), Stop);
        var records = await rig.ReadAsync("sensor-readings", Count, Stop);

        Assert.Equal(Lines.IdsOf("n", Count), records.Select(record => record.Id));
        Assert.Equal(4, survivor.Connections.Count);
    }
}
