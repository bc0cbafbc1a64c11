using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>The commands start, stop and restart of every resource that runs processes.</summary>
internal sealed class LifecycleCommands(InstanceRegistry instances, ProcessRunner runner, ResourceStarter starter)
{
    public void AddTo(IResource resource)
    {
        if (!resource.RunsProcesses() || resource.Annotations.OfType<ExcludeLifecycleCommandsAnnotation>().Any())
            return;

        Add(resource, "start", "Start", "Play", state => IsDown(state), StartAsync);
        Add(resource, "stop", "Stop", "Stop", state => state == KnownResourceStates.Running, runner.StopAsync);
        Add(resource, "restart", "Restart", "ArrowCounterclockwise", state => state == KnownResourceStates.Running, StartAsync);
    }

    /// <summary>Starts the instance anew; a running one is stopped first. Its endpoints keep their ports.</summary>
    private async Task StartAsync(ProcessInstance instance, CancellationToken stop)
    {
        await runner.RemoveAsync(instance, stop);
        await starter.StartProcessesAsync(instance.Resource, [instance], stop);
        if (instance.Current is not { State: "Running" })
            throw new DistributedApplicationException($"'{instance.Id}' did not start; see its console log.");
    }

    private void Add(IResource resource, string name, string displayName, string icon, Func<string?, bool> isEnabled, Func<ProcessInstance, CancellationToken, Task> execute) =>
        resource.Annotations.Add(new ResourceCommandAnnotation(
            name, displayName, context => ExecuteAsync(context, execute),
            new CommandOptions
            {
                IconName = icon,
                IconVariant = IconVariant.Filled,
                IsHighlighted = true,
                UpdateState = context => State(name, context.ResourceSnapshot.State?.Text, isEnabled),
            }));

    private static ResourceCommandState State(string name, string? state, Func<string?, bool> isEnabled) =>
        isEnabled(state) ? ResourceCommandState.Enabled
        : name == "start" || (name == "stop" && IsDown(state)) ? ResourceCommandState.Hidden
        : ResourceCommandState.Disabled;

    private async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context, Func<ProcessInstance, CancellationToken, Task> execute)
    {
        var instance = instances.Find(context.ResourceName)!;
        await instance.Gate.WaitAsync(context.CancellationToken);
        try
        {
            await execute(instance, context.CancellationToken);
            return CommandResults.Success();
        }
        finally
        {
            instance.Gate.Release();
        }
    }

    private static bool IsDown(string? state) =>
        state is null || state == KnownResourceStates.NotStarted || KnownResourceStates.TerminalStates.Contains(state);
}
