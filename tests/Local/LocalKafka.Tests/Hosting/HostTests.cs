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

    [Fact]
    public async Task Host_WithSecureListeners_SaysWhereAndWhatToTrust()
    {
        using var folder = new TempFolder("kafka-host");
        var users = folder.File("users");
        await File.WriteAllTextAsync(users, "# users\nalice:secret:with:colons\n", Stop);
        await using var process = await HostProcess.StartAsync(
            FreePort.Next(), folder.File("data"), Stop, "--listener", "SASL_SSL:0=localhost:9093", "--users-file", users, "--sasl-mechanism", "SCRAM-SHA-512");

        await process.WaitForLineAsync(line => line.Contains("certificate", StringComparison.Ordinal), "the certificate's path", stop: Stop);

        Assert.Contains("SaslSsl at localhost:9093", process.Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder.Path, "data", "tls", "broker.pem"), process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_SecureListenersThatCannotWork_SaysWhatIsMissing()
    {
        using var folder = new TempFolder("kafka-host");

        var noUsers = await HostProcess.RunAsync(Stop, "--port", "0", "--data", folder.Path, "--security-protocol", "SASL_SSL");
        var bad = await HostProcess.RunAsync(Stop, "--listener", "TLS:9093");

        Assert.Equal(1, noUsers.ExitCode);
        Assert.Contains("--users-file", noUsers.StandardError, StringComparison.Ordinal);
        Assert.Contains("PROTOCOL:PORT", bad.StandardError, StringComparison.Ordinal);
    }
}
