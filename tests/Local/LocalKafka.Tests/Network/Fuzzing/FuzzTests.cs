using System.Globalization;
using EventSourcing.LocalKafka.Tests.Hosting;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Network.Fuzzing;

/// <summary>Frames that real clients sent, spoilt by the hundred thousand. FUZZ_FRAMES sets how many, FUZZ_SEED which.</summary>
public sealed class FuzzTests
{
    private const int FramesPerConnection = 4;
    private const int Workers = 4;
    private const long MaxResidentBytes = 300L << 20;
    private static readonly int Frames = Setting("FUZZ_FRAMES", 100_000);
    private static readonly int Seed = Setting("FUZZ_SEED", 20_240_711);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SpoiltFrames_ByTheHundredThousand_HarmNobody()
    {
        using var folder = new TempFolder("kafka-fuzz");
        var port = FreePort.Next();
        await using var broker = await HostProcess.StartAsync(port, folder.Path, Stop, "--log-cleaner-backoff-ms", "50");
        var defect = broker.WaitForLineAsync(
            line => line.Contains("failed; the connection was closed", StringComparison.Ordinal), "a defect", TimeSpan.FromHours(1), Stop);
        await ClientTraffic.PrepareAsync($"127.0.0.1:{port}");
        var frames = await ClientTraffic.RecordAsync(Stop);
        await using var neighbour = await Neighbour.StartAsync($"127.0.0.1:{port}");

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => AttackAsync(port, frames, new Random(Seed + worker)), Stop)));
        var produced = await neighbour.CheckAsync();

        Assert.False(broker.HasExited, broker.Output);
        Assert.False(defect.IsCompleted, broker.Output);
        var peak = broker.PeakResidentBytes;
        Assert.InRange(peak, 0, MaxResidentBytes);
        TestContext.Current.SendDiagnosticMessage($"{Frames} frames of {frames.Length} kinds; {produced} records beside them; peak {peak >> 20} MiB");
        Assert.Equal(0, await broker.StopAsync(stop: Stop));
        await StartsAgainAsync(port, folder.Path);
    }

    private static async Task AttackAsync(int port, byte[][] frames, Random random)
    {
        for (var sent = 0; sent < Frames / Workers; sent += FramesPerConnection)
        {
            using var client = await RawClient.ConnectAsync(port, Stop);
            var spoilt = Enumerable.Range(0, FramesPerConnection).SelectMany(_ => Mutation.Spoil(frames[random.Next(frames.Length)], random));
            await client.TrySendAsync([.. spoilt], Stop);
            client.EndSending();
            await client.DrainAsync(Stop);
        }
    }

    /// <summary>What came through is on the disk now, and must not keep the broker from starting.</summary>
    private static async Task StartsAgainAsync(int port, string folder)
    {
        await using var broker = await HostProcess.StartAsync(port, folder, Stop);
        Assert.Equal(0, await broker.StopAsync(stop: Stop));
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
