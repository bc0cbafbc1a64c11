using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Creates, stops and removes processes in DCP.</summary>
internal sealed class ProcessRunner(DcpOptions options, ProcessSpecBuilder specs, ProcessSnapshots snapshots, ILogger<ProcessRunner> logger)
{
    private const int TailLines = 3;
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    public DcpSession? Session { get; set; }

    private DcpSession Dcp => Session ?? throw new InvalidOperationException("The orchestrator does not run.");

    /// <summary>Creates the process and waits until it runs.</summary>
    /// <exception cref="DistributedApplicationException">It could not be started; the message tells why.</exception>
    public async Task CreateAsync(ProcessInstance instance, CancellationToken stop)
    {
        var spec = await specs.BuildAsync(instance, stop);
        snapshots.PublishSpec(instance, spec);
        var patience = options.ProcessStartTimeout / 3;
        var started = await CreateAsync(instance, spec, patience, stop);
        if (started is null)
        {
            OrchestratorLog.CreatedAgain(logger, instance.Id, patience.TotalSeconds);
            await DeleteAsync(instance, stop);
            started = await CreateAsync(instance, spec, options.ProcessStartTimeout - patience, stop);
        }

        if (started is null)
            throw new DistributedApplicationException(await ExplainAsync(instance, $"did not start within {options.ProcessStartTimeout.TotalSeconds:0} s", stop));
        if (started.State == "FailedToStart")
            throw new DistributedApplicationException(await ExplainAsync(instance, $"could not be started ('{spec.Command}')", stop));
    }

    /// <summary>Ends the process: SIGTERM, then SIGKILL after some seconds; its log stays readable.</summary>
    public async Task StopAsync(ProcessInstance instance, CancellationToken stop)
    {
        if (instance.Current is not { IsEnded: false })
            return;

        instance.StopRequested = true;
        snapshots.PublishState(instance, KnownResourceStates.Stopping);
        await Dcp.Client.PatchAsync(DcpExecutable.Kind, instance.Id, new JsonObject { ["spec"] = new JsonObject { ["stop"] = true } }, stop);
        if (await WhenAsync(instance, e => e is null or { IsEnded: true }, EndTimeout, stop) is { IsEnded: false })
            throw new DistributedApplicationException($"'{instance.Id}' did not end within {EndTimeout.TotalSeconds:0} s.");
    }

    /// <summary>Removes the process from DCP, so that one of the same name can be created.</summary>
    public async Task RemoveAsync(ProcessInstance instance, CancellationToken stop)
    {
        if (instance.Current is null)
            return;

        await StopAsync(instance, stop);
        await DeleteAsync(instance, stop);
    }

    /// <summary>A sentence about a process with the last that was written by it, or about it.</summary>
    public async Task<string> ExplainAsync(ProcessInstance instance, string what, CancellationToken stop)
    {
        var lines = new List<string>();
        foreach (var source in (string[])["stderr", "stdout", "system"])
        {
            if (lines.Count == 0)
                lines.AddRange(await TailAsync(instance, source, stop));
        }

        var last = lines.Count == 0 ? "It wrote nothing." : $"Its last words: {string.Join(" | ", lines)}";
        return $"Resource '{instance.Resource.Name}' ({instance.Id}) {what}. {last}";
    }

    // DCP (0.25.13) was seen to do nothing about a new process, and to write nothing, after one of the same name had been deleted. Hence the second creation.
    private async Task<DcpExecutable?> CreateAsync(ProcessInstance instance, ProcessSpec spec, TimeSpan timeout, CancellationToken stop)
    {
        (instance.StopRequested, instance.HasFailed) = (false, false);
        var created = await Dcp.Client.CreateAsync(DcpExecutable.Kind, DcpObjects.Executable(instance.Id, instance.Resource.Name, spec), stop);
        instance.Created(DcpExecutable.Parse(created));
        return await WhenAsync(instance, e => e is { IsStarting: false }, timeout, stop);
    }

    private async Task DeleteAsync(ProcessInstance instance, CancellationToken stop)
    {
        instance.StopRequested = true;
        instance.Retire();
        await Dcp.Client.DeleteAsync(DcpExecutable.Kind, instance.Id, stop);
        if (!await Poll.UntilAsync(async () => !await Dcp.Client.ExistsAsync(DcpExecutable.Kind, instance.Id, stop), EndTimeout, PollInterval, stop))
            throw new DistributedApplicationException($"'{instance.Id}' could not be removed within {EndTimeout.TotalSeconds:0} s.");
    }

    private async Task<IReadOnlyList<string>> TailAsync(ProcessInstance instance, string source, CancellationToken stop)
    {
        try
        {
            return await Dcp.Logs.TailAsync(instance.Id, source, TailLines, stop);
        }
        catch (HttpRequestException)
        {
            return []; // a process that never ran has no such log
        }
    }

    private static async Task<DcpExecutable?> WhenAsync(
        ProcessInstance instance, Func<DcpExecutable?, bool> condition, TimeSpan timeout, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(timeout);
        try
        {
            return await instance.WhenAsync(condition, deadline.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return instance.Current is { IsStarting: false } current ? current : null;
        }
    }
}
