namespace Aspire.Hosting.ApplicationModel;

public partial class ResourceNotificationService
{
    /// <summary>Waits until an instance of the resource is in a state; without a deadline of its own.</summary>
    /// <param name="resourceName">Name of the resource, or id of an instance.</param>
    /// <param name="targetState">The state; null for Running.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">Cancelled, or the application stopped; the message tells the resource's state.</exception>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits until an instance of the resource is in one of the states, and returns it.</summary>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reached = await WaitForResourceAsync(resourceName, e => e.Snapshot.State is { } state && states.Contains(state.Text), cancellationToken);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Waits for a change of the resource that fits.</summary>
    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        try
        {
            await foreach (var change in WatchAsync(cancellationToken))
            {
                if (IsFor(change, resourceName) && predicate(change))
                    return change;
            }
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException(Report(resourceName, "cancelled"), e, cancellationToken);
        }

        throw new OperationCanceledException(Report(resourceName, "the application stopped"));
    }

    /// <summary>Waits until the resource is healthy and the handlers of its <see cref="ResourceReadyEvent"/> are done.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <summary>Waits until the resource is healthy and the handlers of its <see cref="ResourceReadyEvent"/> are done.</summary>
    /// <exception cref="DistributedApplicationException">The resource ended or failed, and the behavior says to stop then.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var stop = waitBehavior == WaitBehavior.StopOnResourceUnavailable;
        var change = await WaitForResourceAsync(resourceName, e => IsReady(e) || stop && IsTerminal(e), cancellationToken);
        if (!IsReady(change))
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy: it is {State(change)}.");

        await change.Snapshot.ResourceReady!.WaitAsync(cancellationToken);
        return change;
    }

    /// <summary>Waits for all that the resource was declared to wait for.</summary>
    /// <exception cref="DistributedApplicationException">A dependency ended or failed.</exception>
    internal Task WaitForDependenciesAsync(IResource resource, CancellationToken stop) => Task.WhenAll(
        from wait in resource.Annotations.OfType<WaitAnnotation>()
        from id in wait.Resource.InstanceIds()
        select WaitAsync(resource, wait, id, stop));

    internal static bool IsTerminal(ResourceEvent change) =>
        change.Snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text);

    private async Task WaitAsync(IResource resource, WaitAnnotation wait, string id, CancellationToken stop)
    {
        var giveUp = (wait.Behavior ?? DefaultWaitBehavior) == WaitBehavior.StopOnResourceUnavailable || wait.Type == WaitType.UntilCompletion;
        var change = await WaitForResourceAsync(id, e => IsReached(e, wait.Type) || giveUp && IsTerminal(e), stop);
        if (!IsReached(change, wait.Type))
            throw new DistributedApplicationException($"'{resource.Name}' waits for '{wait.Resource.Name}', which is {State(change)}.");
        if (wait.Type == WaitType.UntilCompletion && (change.Snapshot.ExitCode ?? wait.ExitCode) != wait.ExitCode)
            throw new DistributedApplicationException(
                $"'{resource.Name}' waits for '{wait.Resource.Name}' to end with exit code {wait.ExitCode}; it ended with {change.Snapshot.ExitCode}.");
        if (wait.Type == WaitType.UntilHealthy)
            await change.Snapshot.ResourceReady!.WaitAsync(stop);
    }

    private static bool IsReached(ResourceEvent change, WaitType type) => type switch
    {
        WaitType.UntilHealthy => IsReady(change),
        WaitType.UntilStarted => change.Snapshot.State?.Text == KnownResourceStates.Running,
        _ => IsTerminal(change) && change.Snapshot.State?.Text != KnownResourceStates.FailedToStart,
    };

    private static bool IsReady(ResourceEvent change) =>
        change.Snapshot is { HealthStatus: Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy, ResourceReady: not null };

    private static bool IsFor(ResourceEvent change, string name) =>
        string.Equals(change.Resource.Name, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(change.ResourceId, name, StringComparison.OrdinalIgnoreCase);

    private static string State(ResourceEvent change) =>
        $"{change.Snapshot.State?.Text}{(change.Snapshot.ExitCode is { } code ? $" with exit code {code}" : "")}";

    private string Report(string name, string reason)
    {
        var instances = _states.All(name);
        if (instances.Count == 0 && _states.TryGet(name, out var instance))
            instances = [instance];
        return instances.Count == 0
            ? $"Waiting for resource '{name}' ended ({reason}). No resource of that name was seen."
            : $"Waiting for resource '{name}' ended ({reason}). {string.Join(" ", instances.Select(StateReport.Of))}";
    }
}
