using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using EventSourcing.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalAspire.Tests.Running;

/// <summary>States, commands, replicas and logs of running resources.</summary>
[Collection(nameof(SampleCollection))]
public sealed class LifecycleTests(SampleApplication sample)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replicas_BehindOneEndpoint_BothAnswer()
    {
        var pids = new HashSet<string>();

        await Eventually.TrueAsync(
            async stop =>
            {
                using var handler = new SocketsHttpHandler(); // a connection of its own for each request
                using var client = new HttpClient(handler) { BaseAddress = sample.App.GetEndpoint("worker") };
                pids.Add(await client.GetStringAsync("/whoami", stop));
                return pids.Count == 2;
            },
            "two processes answer", stop: Stop);
    }

    [Fact]
    public async Task Restart_OfAProject_KeepsItsPortAndBecomesHealthyAgain()
    {
        var before = await WhoAmIAsync();

        var result = await sample.App.ResourceCommands.ExecuteCommandAsync("api", "restart", Stop);

        Assert.True(result.Success, result.Message);
        var ready = await sample.App.ResourceNotifications.WaitForResourceHealthyAsync("api", Stop);
        Assert.Equal(HealthStatus.Healthy, ready.Snapshot.HealthStatus);
        Assert.NotEqual(before, await WhoAmIAsync());
    }

    [Fact]
    public async Task StopAndStart_OfAnExecutable_EndsAndRunsIt()
    {
        Assert.True((await sample.App.ResourceCommands.ExecuteCommandAsync("shell", "stop", Stop)).Success);
        var stopped = await sample.WhenAsync("shell", KnownResourceStates.Finished);
        Assert.Equal(ResourceCommandState.Enabled, stopped.Commands.Single(c => c.Name == "start").State);

        Assert.True((await sample.App.ResourceCommands.ExecuteCommandAsync("shell", "resource-start", Stop)).Success);
        await sample.WhenAsync("shell", KnownResourceStates.Running);
    }

    [Fact]
    public async Task ExplicitStart_WaitsForItsCommand()
    {
        await sample.WhenAsync("later", KnownResourceStates.NotStarted);

        Assert.True((await sample.App.ResourceCommands.ExecuteCommandAsync("later", "start", Stop)).Success);

        await sample.WhenAsync("later", KnownResourceStates.Running);
    }

    [Fact]
    public async Task Command_OfTheAppHost_IsExecuted()
    {
        var result = await sample.App.ResourceCommands.ExecuteCommandAsync("api", "shout", Stop);

        Assert.True(result.Success);
        Assert.Matches("^api-[a-z]{8}!$", result.Message!);
    }

    [Fact]
    public async Task Command_ThatDoesNotExist_Fails()
    {
        var result = await sample.App.ResourceCommands.ExecuteCommandAsync("api", "fly", Stop);

        Assert.False(result.Success);
        Assert.Contains("no command 'fly'", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameter_WithAValue_Runs() =>
        Assert.Equal("hello {{world}}", (await sample.WhenAsync("greeting", KnownResourceStates.Running)).Properties.Single(p => p.Name == "Value").Value);

    [Fact]
    public async Task ConsoleLog_OfAProcess_IsRead()
    {
        var resource = sample.App.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r => r.Name == "shell");
        var loggers = sample.App.Services.GetRequiredService<ResourceLoggerService>();

        await foreach (var batch in loggers.WatchAsync(resource).WithCancellation(Stop))
        {
            if (batch.Any(line => line.Content.EndsWith("ready", StringComparison.Ordinal) && !line.IsErrorMessage))
                return;
        }

        Assert.Fail("The log ended.");
    }

    [Fact]
    public async Task WaitForResource_ThatIsCancelled_TellsTheState()
    {
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => sample.App.ResourceNotifications.WaitForResourceAsync("api", "Nowhere", cancelled.Token));

        Assert.Matches("api-[a-z]{8} is Running", error.Message);
    }

    private async Task<string> WhoAmIAsync()
    {
        using var client = sample.App.CreateHttpClient("api");
        return await client.GetStringAsync("/whoami", Stop);
    }
}
