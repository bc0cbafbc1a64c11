using EventSourcing.SensorIngest.Tests.Support;
using EventSourcing.TestKit;
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
        var survivor = await rig.StartIngestAsync(Stop, ("Mqtt:LanesPerReplica", "2"), ("Mqtt:TakeoverAfter", "00:00:02"));
        await Rig.RegisterAsync(survivor, Stop, "d3");
        var environment = rig.Settings(("Mqtt:TakeoverAfter", "01:00:00"))
            .ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        await using (var victim = TestProcess.Start(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "SensorIngest.dll"), "--urls", "http://127.0.0.1:0"], environment, AppContext.BaseDirectory))
        {
            await victim.WaitForLineAsync(
                line => line.Contains("Subscribed to", StringComparison.Ordinal) && line.Contains("lane-3/", StringComparison.Ordinal), "it has lane 3", stop: Stop);
            await victim.KillAsync();
        }

        await rig.Mqtt.PublishAsync("sensors/lane-3/d3/readings", ["-l"], Lines.Of("n", Count), Stop);
        var records = await rig.ReadAsync("sensor-readings", Count, Stop);

        Assert.Equal(Lines.IdsOf("n", Count), records.Select(record => record.Id));
        Assert.Equal(4, survivor.Connections.Count);
    }
}
