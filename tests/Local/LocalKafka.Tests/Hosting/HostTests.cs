using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Hosting;

public sealed class HostTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_StopsCleanlyOnSigterm_AndSaysOneLine()
    {
        using var folder = new TempFolder("kafka-host");
        await using var process = await HostProcess.StartAsync(FreePort.Next(), folder.Path, Stop);

        Assert.Equal(0, await process.StopAsync(stop: Stop));
        Assert.Single(process.Output.Split('\n'));
        Assert.True(File.Exists(folder.File(".kafka_cleanshutdown")));
    }

    [Fact]
    public async Task Host_OnATakenPortOrFolder_SaysSoAndFails()
    {
        using var folder = new TempFolder("kafka-host");
        using var other = new TempFolder("kafka-host");
        var port = FreePort.Next();
        await using var process = await HostProcess.StartAsync(port, folder.Path, Stop);

        var samePort = await HostProcess.RunAsync(Stop, "--port", $"{port}", "--data", other.Path);
        var sameFolder = await HostProcess.RunAsync(Stop, "--port", "0", "--data", folder.Path);

        Assert.Equal((1, 1), (samePort.ExitCode, sameFolder.ExitCode));
        Assert.Contains($"Port {port} is taken", samePort.StandardError, StringComparison.Ordinal);
        Assert.Contains("in use by another broker", sameFolder.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_ExplainsItsOptions_AndRefusesBadOnes()
    {
        var help = await HostProcess.RunAsync(Stop, "--help");
        var bad = await HostProcess.RunAsync(Stop, "--advertise", "nowhere", "--bind", "localhost");

        Assert.Equal(0, help.ExitCode);
        Assert.All(new[] { "--port", "--data", "--advertise", "--fsync" }, option => Assert.Contains(option, help.StandardOutput, StringComparison.Ordinal));
        Assert.NotEqual(0, bad.ExitCode);
        Assert.Contains("HOST:PORT", bad.StandardError, StringComparison.Ordinal);
        Assert.Contains("IP address", bad.StandardError, StringComparison.Ordinal);
    }
}
