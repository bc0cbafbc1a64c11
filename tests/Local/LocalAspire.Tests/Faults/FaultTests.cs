using System.Net;
using System.Net.Sockets;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace LocalAspire.Tests.Faults;

/// <summary>Each fault ends in one clear message and a non-zero exit, and leaves nothing running.</summary>
public sealed class FaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bundle_Missing_IsNamedWithTheRemedy()
    {
        await using var appHost = AppHostProcess.Start("--DcpPublisher:CliPath=/nowhere/dcp");

        Assert.Equal(1, await appHost.EndAsync(Stop));

        Assert.Contains("'/nowhere/dcp' does not exist. Run ./run.sh", appHost.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", appHost.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_TakenByAnother_IsNamedWithItsResource()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var appHost = AppHostProcess.Start($"--Sample:Port={port}", "--DcpPublisher:RandomizePorts=false");

        Assert.Equal(1, await appHost.EndAsync(Stop));

        Assert.Contains($"Port {port} of endpoint 'extra' of resource 'api' is in use by another process", appHost.Output, StringComparison.Ordinal);
        await appHost.NothingLeftAsync(Stop);
    }

    [Fact]
    public async Task Crash_OfAResourceThatAnotherWaitsFor_EndsTheStart()
    {
        await using var appHost = AppHostProcess.Start("--Sample:CrashWith=3", "--Sample:WaitForCrash=yes", "--LocalAspire:StopOnCrash=true");

        Assert.Equal(1, await appHost.EndAsync(Stop));

        Assert.Contains("ended with exit code 3. Its last words: cannot open the moon", appHost.Output, StringComparison.Ordinal);
        await appHost.NothingLeftAsync(Stop);
    }

    [Fact]
    public async Task Crash_OfAResourceThatNobodyStartsAgain_IsToldByTheExitCode()
    {
        await using var appHost = AppHostProcess.Start("--Sample:CrashWith=3");
        await appHost.StartedAsync(Stop);
        await Eventually.TrueAsync(() => appHost.Output.Contains("ended with exit code 3", StringComparison.Ordinal), "the crash is told", stop: Stop);

        Assert.Equal(1, await appHost.TerminateAsync(Stop));

        await appHost.NothingLeftAsync(Stop);
    }

    [Fact]
    public async Task Start_ThatHangs_EndsAtItsDeadline()
    {
        await using var appHost = AppHostProcess.Start("--Sample:Hang=yes", "--LocalAspire:StartTimeout=00:00:20");

        Assert.Equal(1, await appHost.EndAsync(Stop));

        Assert.Matches("did not start within 00:00:20.*stuck-[a-z]{8} is Waiting for later", appHost.Output);
        await appHost.NothingLeftAsync(Stop);
    }

    [Fact]
    public async Task Sigterm_OfTheAppHost_StopsAllAndExitsWithZero()
    {
        await using var appHost = AppHostProcess.Start();
        await appHost.StartedAsync(Stop);
        Assert.NotEmpty(appHost.Started());

        Assert.Equal(0, await appHost.TerminateAsync(Stop));

        await appHost.NothingLeftAsync(Stop);
    }

    [Fact]
    public async Task Sigkill_OfTheAppHost_LeavesNothingRunning()
    {
        await using var appHost = AppHostProcess.Start();
        await appHost.StartedAsync(Stop);
        Assert.NotEmpty(appHost.Started());

        await ProcessRunner.RunAsync("kill", ["-9", $"{appHost.Id}"], stop: Stop);

        await appHost.NothingLeftAsync(Stop);
    }

    [Theory]
    [InlineData("run-controllers")]
    [InlineData("start-apiserver")]
    public async Task Sigkill_OfTheOrchestrator_EndsTheAppHost(string process)
    {
        await using var appHost = AppHostProcess.Start();
        await appHost.StartedAsync(Stop);

        await ProcessRunner.RunAsync("kill", ["-9", appHost.Started().Single(p => p.Contains($"dcp {process}", StringComparison.Ordinal)).Split(' ')[0]], stop: Stop);

        Assert.Equal(1, await appHost.EndAsync(Stop));
        Assert.Contains("the orchestrator (dcp) has ended unexpectedly", appHost.Output, StringComparison.Ordinal);
        await appHost.NothingLeftAsync(Stop);
    }
}
