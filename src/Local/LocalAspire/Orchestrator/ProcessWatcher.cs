using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Turns DCP's news about processes into states and crash reports.</summary>
internal sealed class ProcessWatcher(InstanceRegistry instances, ProcessSnapshots snapshots, ProcessRunner runner, FailurePolicy failures) : IProcessOutput
{
    /// <summary>The application stops: DCP goes away because it was told to.</summary>
    public bool StopExpected { get; set; }

    /// <summary>Watches until stopped. DCP going away by itself ends the application.</summary>
    public async Task WatchAsync(DcpSession session, CancellationToken stop)
    {
        try
        {
            await session.WatchAsync((executable, deleted) => OnChanged(executable, deleted, stop), stop);
            if (!StopExpected)
                failures.StopApplication("the orchestrator (dcp) has ended unexpectedly, and its processes with it.");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    public async Task<IReadOnlyList<LogLine>> ReadAsync(string id, CancellationToken stop) =>
        runner.Session is { } session && instances.Find(id) is { Current: { IsStarting: false } } ? await session.Logs.ReadAsync(id, stop) : [];

    public async Task FollowAsync(string id, ChannelWriter<LogLine> lines, CancellationToken stop)
    {
        if (instances.Find(id) is not { } instance)
            return;

        while (runner.Session is { } session)
        {
            var run = await instance.WhenAsync(e => e is { IsStarting: false }, stop);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var follow = FollowRunAsync(session, id, lines, ended.Token);
            await instance.WhenAsync(e => e?.Uid != run!.Uid, stop);
            await ended.CancelAsync();
            await follow.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task FollowRunAsync(DcpSession session, string id, ChannelWriter<LogLine> lines, CancellationToken stop)
    {
        try
        {
            await session.Logs.FollowAsync(id, lines, stop);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            await lines.WriteAsync(new LogLine(0, $"The log of '{id}' cannot be read: {e.Message}", true), stop);
        }
    }

    private void OnChanged(DcpExecutable executable, bool deleted, CancellationToken stop)
    {
        if (instances.Find(executable.Name) is not { } instance)
            return;

        var wasEnded = instance.Current is { IsEnded: true };
        if (deleted || !instance.Update(executable))
            return;

        snapshots.Publish(instance, executable);
        if (executable is { IsEnded: true, State: not "FailedToStart" } && !wasEnded && !instance.StopRequested && executable.ExitCode is not (null or 0))
        {
            instance.HasFailed = true;
            _ = ReportCrashAsync(instance, executable, stop);
        }
    }

    private async Task ReportCrashAsync(ProcessInstance instance, DcpExecutable executable, CancellationToken stop)
    {
        try
        {
            failures.ResourceFailed(instance.Resource, await runner.ExplainAsync(instance, $"ended with exit code {executable.ExitCode}", stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The application stops; nobody asks any more.
        }
    }
}
