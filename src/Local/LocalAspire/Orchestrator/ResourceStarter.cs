using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Starts one resource: what it waits for, then its processes; or, without processes, its value.</summary>
internal sealed class ResourceStarter(
    IDistributedApplicationEventing eventing, ResourceNotificationService notifications, ResourceLoggerService loggers,
    ProcessRunner runner, ProcessSnapshots snapshots, FailurePolicy failures, IServiceProvider services)
{
    /// <summary>Starts a resource that has processes. A failure is reported, not thrown.</summary>
    public async Task StartProcessesAsync(IResource resource, IReadOnlyList<ProcessInstance> instances, CancellationToken stop)
    {
        try
        {
            var waits = resource.Annotations.OfType<WaitAnnotation>().Any();
            foreach (var instance in instances)
                snapshots.PublishState(instance, waits ? KnownResourceStates.Waiting : KnownResourceStates.Starting);
            await BeforeStartAsync(resource, stop);
            await Task.WhenAll(instances.Select(instance => runner.CreateAsync(instance, stop)));
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            OrchestratorLog.CouldNotStartResource(loggers.GetLogger(resource), resource.Name, e.Message);
            foreach (var instance in instances.Where(i => i.Current is not { State: "Running" }))
            {
                instance.HasFailed = true;
                snapshots.PublishFailure(instance);
            }

            failures.ResourceFailed(resource, $"Resource '{resource.Name}' failed to start: {e.Message}");
        }
    }

    /// <summary>Starts a connection string or parameter: it runs when its value is known.</summary>
    public async Task StartValueAsync(IResource resource, CancellationToken stop)
    {
        if (resource is not (ConnectionStringResource or ConfiguredConnectionStringResource or ParameterResource))
            return; // the one who added it publishes its states

        try
        {
            await WaitForPartsAsync(resource, stop);
            await BeforeStartAsync(resource, stop);
            var value = await ((IValueProvider)resource).GetValueAsync(stop);
            await notifications.PublishUpdateAsync(resource, s => s with
            {
                State = KnownResourceStates.Running,
                StartTimeStamp = DateTime.UtcNow,
                Properties = [new("Value", value) { IsSensitive = resource is not ParameterResource { Secret: false } }],
            });
            if (resource is IResourceWithConnectionString)
                await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            await notifications.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.FailedToStart });
            failures.ResourceFailed(resource, $"Resource '{resource.Name}' has no value: {e.Message}");
        }
    }

    private async Task BeforeStartAsync(IResource resource, CancellationToken stop)
    {
        await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), stop);
        await notifications.WaitForDependenciesAsync(resource, stop);
    }

    /// <summary>A connection string runs when the resources it is made of run.</summary>
    private async Task WaitForPartsAsync(IResource resource, CancellationToken stop)
    {
        var parts = ((resource as IValueWithReferences)?.References ?? []).SelectMany(ResourceReferences.Of)
            .Where(part => part.RunsProcesses() && !ReferenceEquals(part, resource)).Distinct().ToList();
        if (parts.Count == 0)
            return;

        await notifications.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.Waiting });
        await Task.WhenAll(parts.Select(part => notifications.WaitForResourceAsync(part.Name, cancellationToken: stop)));
    }
}
