using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Tests.Running;

/// <summary>The end of an application.</summary>
public sealed class StopTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dashboard_EndsLast_SoThatTheOthersCanSendTheirTelemetry()
    {
        await using var sample = new SampleApplication();
        await sample.InitializeAsync();
        var ending = EndedAsync(sample);

        await sample.App.StopAsync(Stop);

        Assert.Equal(["api", "shell", "worker", "worker"], (await ending).Order(StringComparer.Ordinal));
    }

    // What is seen to end before the orchestrator is told to clean up, which ends the dashboard unseen.
    private static async Task<List<string>> EndedAsync(SampleApplication sample)
    {
        var ended = new List<string>();
        await foreach (var change in sample.App.ResourceNotifications.WatchAsync(Stop))
        {
            if (change.Snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state))
                ended.Add(change.Resource.Name);
        }

        return ended;
    }
}
