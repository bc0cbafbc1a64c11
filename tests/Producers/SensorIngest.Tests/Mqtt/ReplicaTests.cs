using EventSourcing.SensorIngest.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.SensorIngest.Tests.Mqtt;

public sealed class ReplicaTests
{
    private const int Count = 1_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [MqttFact]
    public async Task TwoReplicas_ShareTheLanes_AndEveryDeviceKeepsItsOrder()
    {
        await using var rig = await Rig.StartAsync(Stop);
        (string, string)[] settings = [("Mqtt:LanesPerReplica", "2")];
        var (first, second) = (await rig.StartIngestAsync(Stop, settings), await rig.StartIngestAsync(Stop, settings));
        string[] devices = ["d0", "d1", "d2", "d3"];
        await Rig.RegisterAsync(first, Stop, devices);

        await Task.WhenAll(devices.Select((device, lane) =>
            rig.Mqtt.PublishAsync($"sensors/lane-{lane}/{device}/readings", ["-l"], Lines.Of(device, Count), Stop)));
        var records = await rig.ReadAsync("sensor-readings", devices.Length * Count, Stop);

        Assert.All(devices, device => Assert.Equal(
            Lines.IdsOf(device, Count), records.Where(record => record.Id!.StartsWith(device, StringComparison.Ordinal)).Select(record => record.Id)));
        Assert.DoesNotContain(records, record => record.IsMarked);
        Assert.All([first, second], replica => Assert.Equal(2, replica.Connections.Count(connection => connection.HasAcknowledged)));
    }

    [MqttFact]
    public async Task RestartedReplica_FindsItsSession_WithWhatCameMeanwhile()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await using (var first = await rig.StartIngestAsync(Stop))
            await Rig.RegisterAsync(first, Stop, "d1");

        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-l"], Lines.Of("n", 100), Stop);
        await rig.StartIngestAsync(Stop);
        var records = await rig.ReadAsync("sensor-readings", 100, Stop);

        Assert.Equal(Lines.IdsOf("n", 100), records.Select(record => record.Id));
        Assert.DoesNotContain(records, record => record.IsMarked);
    }

    [MqttFact]
    public async Task ReplicaKilledUnderLoad_LosesNothing_AndRepeatsOnlyMarked()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await using (var registering = await rig.StartIngestAsync(Stop, ("Mqtt:Enabled", "false")))
            await Rig.RegisterAsync(registering, Stop, "d1");
        var environment = rig.Settings().ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);

        const int many = 3_000;

        await using (var victim = Start(new(environment) { ["Mqtt__ReceiveMaximum"] = "5" }))      // slow enough to be killed in the midst of it
        {
            await IsSubscribedAsync(victim);
            var publishing = rig.Mqtt.PublishAsync("sensors/d1/readings", ["-l"], Lines.Of("n", many), Stop);
            await Eventually.TrueAsync(
                async _ => await TopicLog.CountAsync(rig.Kafka.BootstrapServers, "sensor-readings") > 0, "the first readings are stored", stop: Stop);
            await victim.KillAsync();
            await publishing;
        }

        var before = await TopicLog.ReadAsync(rig.Kafka.BootstrapServers, "sensor-readings");
        await using var heir = Start(environment);
        await IsSubscribedAsync(heir);
        var records = await rig.ReadAllIdsAsync(many, Stop);

        Assert.InRange(before.Count, 1, many - 1);
        Lines.AssertAllOnceOrMarked(records, "n", many);
        Assert.True(await heir.StopAsync(stop: Stop) == 0, heir.Output);
    }

    private static Task<string> IsSubscribedAsync(TestProcess replica) =>
        replica.WaitForLineAsync(line => line.Contains("Subscribed to", StringComparison.Ordinal), "it is subscribed", stop: Stop);

    private static TestProcess Start(Dictionary<string, string?> environment) => TestProcess.Start(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "SensorIngest.dll"), "--urls", "http://127.0.0.1:0"], environment, AppContext.BaseDirectory);
}
