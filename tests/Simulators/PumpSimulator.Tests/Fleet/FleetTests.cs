using EventSourcing.LocalKafka;
using EventSourcing.PumpSimulator.Model;
using EventSourcing.PumpSimulator.Tests.Sending;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.PumpSimulator.Tests.Fleet;

public sealed class FleetTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CountedRun_RegistersAndReplaysTheFileInOrder_AndEndsWith0()
    {
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await TestTopics.CreateAsync(kafka.BootstrapServers, "sensor-readings", "assets");

        await using var simulator = Start(kafka.BootstrapServers, "replay", "--count", "300", "--rate", "5000");
        Assert.True(await simulator.WaitForExitAsync(stop: Stop) == 0, simulator.Output);
        var readings = await TestTopics.ReadAsync(kafka.BootstrapServers, "sensor-readings");
        var assets = await TestTopics.ReadAsync(kafka.BootstrapServers, "assets");

        Assert.Equal(300, readings.Count);
        Assert.Equal(11, assets.Count);
        var file = PumpDataFile.Load(PumpDataFile.DefaultPath);
        foreach (var device in readings.GroupBy(record => record.Headers["ce_source"]))
        {
            Assert.Equal(Enumerable.Range(1, device.Count()).Select(i => $"{i:D12}"), device.Select(record => record.Headers["ce_sequence"]));
            var rows = file[device.Key.Split('/')[^1].Replace("-kafka", "", StringComparison.Ordinal)];
            Assert.All(device, (record, i) => Assert.Contains($"\"pressure\":{rows[i % rows.Count].Pressure},", record.Value, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task EndlessRun_StopsOnSigterm_WithEverythingAnswered()
    {
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await TestTopics.CreateAsync(kafka.BootstrapServers, "sensor-readings", "assets");

        await using var simulator = Start(kafka.BootstrapServers);
        await Eventually.TrueAsync(async _ => (await TestTopics.ReadAsync(kafka.BootstrapServers, "sensor-readings")).Count > 50, "readings flow", stop: Stop);
        Assert.True(await simulator.StopAsync(stop: Stop) == 0, simulator.Output);

        var stored = (await TestTopics.ReadAsync(kafka.BootstrapServers, "sensor-readings")).Count + 11;
        Assert.Contains($"Stored = {stored}, Spooled = 0, Queued = 0, Rejected = 0, Unanswered = 0", simulator.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingAddress_IsOneMessageAndExitCode2()
    {
        var result = await ProcessRunner.RunAsync("dotnet", [Program, "replay"], stop: Stop);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("ConnectionStrings:mqtt is missing", result.ToString(), StringComparison.Ordinal);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "PumpSimulator.dll");

    private static TestProcess Start(string kafka, params string[] arguments) => TestProcess.Start("dotnet", [Program, .. arguments], new Dictionary<string, string?>
    {
        ["ConnectionStrings__kafka"] = kafka,
        ["Pumps__MqttShare"] = "0",
        ["Pumps__HttpShare"] = "0",
        ["Receipts__Timeout"] = "00:00:00.200",
    });
}
