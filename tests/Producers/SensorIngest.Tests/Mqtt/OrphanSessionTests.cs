using EventSourcing.SensorIngest.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.SensorIngest.Tests.Mqtt;

public sealed class OrphanSessionTests
{
    private const int Count = 500;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [MqttFact]
    public async Task SessionOfAReplicaThatIsGone_IsAdopted_AndItsMessagesAreStored()
    {
        await using var rig = await Rig.StartAsync(Stop);
        var survivor = await rig.StartIngestAsync(Stop, ("Mqtt:AdoptAfter", "00:00:01"));
        await Rig.RegisterAsync(survivor, Stop, "d1");
        var environment = rig.Settings().ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        await using (var victim = TestProcess.Start(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "SensorIngest.dll"), "--urls", "http://127.0.0.1:0"], environment, AppContext.BaseDirectory))
        {
            await victim.WaitForLineAsync(line => line.Contains("-1 (session", StringComparison.Ordinal), "it is subscribed in slot 1", stop: Stop);
            await victim.KillAsync();
        }

        await rig.Mqtt.PublishAsync("sensors/d1/readings", ["-l"], Lines.Of("n", Count), Stop);
        var records = await rig.ReadAllIdsAsync(Count, Stop);

        Assert.Equal(Lines.IdsOf("n", Count).Order(), records.Select(record => record.Id).Order());
        var slots = new DirectoryInfo(rig.Settings()["Mqtt:StateDirectory"]!);
        await Eventually.TrueAsync(
            () => slots.EnumerateFiles("slot-*.lock", SearchOption.AllDirectories).Select(file => file.Name).SequenceEqual(["slot-0.lock"]), "the slot is forgotten", stop: Stop);
    }
}
