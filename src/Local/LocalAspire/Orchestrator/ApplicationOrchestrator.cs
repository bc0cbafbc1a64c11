using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Starts and stops the resources of the application on DCP.</summary>
internal sealed class ApplicationOrchestrator(
    DcpOptions options, DistributedApplicationModel model, InstanceRegistry instances, EndpointAllocator endpoints,
    LifecycleCommands commands, ProcessRunner runner, ProcessWatcher watcher, ResourceStarter starter,
    ResourceNotificationService notifications, ResourceLoggerService loggers, IDistributedApplicationEventing eventing,
    IServiceProvider services, ILogger<DistributedApplication> logger) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _watch = Task.CompletedTask;

    /// <summary>Completes when every resource was started that starts by itself.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        RefuseContainers();
        instances.Create(model);
        foreach (var resource in model.Resources)
        {
            commands.AddTo(resource);
            await notifications.PublishUpdateAsync(resource, s => s with { CreationTimeStamp = DateTime.UtcNow });
        }

        var session = await DcpSession.StartAsync(options.CliPath, stop);
        runner.Session = session;
        loggers.ProcessOutput = watcher;
        _watch = watcher.WatchAsync(session, _stopping.Token);

        await endpoints.AllocateAsync(session.Client, model.Resources.Where(r => r.RunsProcesses()), stop);
        foreach (var resource in model.Resources)
            await PublishEndpointsAsync(resource, stop);
        await Task.WhenAll(model.Resources.Select(resource => StartAsync(resource, stop)));
    }

    /// <summary>Stops all processes and DCP. Safe after a start that failed half way.</summary>
    public async Task StopAsync(CancellationToken stop)
    {
        if (runner.Session is not { } session)
            return;

        foreach (var instance in instances.All)
            instance.StopRequested = true;
        watcher.StopExpected = true;
        try
        {
            await StopBeforeDashboardAsync(stop);
            await session.StopAsync(stop);
            Survivors.Kill(instances.All, logger);
        }
        finally
        {
            runner.Session = null;
            await _stopping.CancelAsync();
            await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await session.DisposeAsync();
        }
    }

    public void Dispose() => _stopping.Dispose();

    // A process that ends sends its last telemetry, and waits for seconds when the dashboard is gone.
    private async Task StopBeforeDashboardAsync(CancellationToken stop)
    {
        var dashboard = instances.All.Where(instance => instance.Resource.Name == DashboardKeys.ResourceName).ToList();
        if (dashboard.Count == 0)
            return;
        var ending = Task.WhenAll(instances.All.Except(dashboard).Select(instance => runner.StopAsync(instance, stop)));
        await Task.WhenAny(ending, _watch);     // the watch ends when DCP is gone
        if (ending.Exception is { } failed)
            OrchestratorLog.NotStopped(logger, failed.GetBaseException().Message);
    }

    private void RefuseContainers()
    {
        var containers = model.Resources.Where(r => r.IsContainer()).Select(r => $"'{r.Name}'").ToList();
        if (containers.Count > 0)
            throw new DistributedApplicationException(
                $"{string.Join(", ", containers)} needs a container engine, which LocalAspire does not drive. " +
                "Use the Aspire packages (AspireSource=packages), or run it as a process.");
    }

    private async Task PublishEndpointsAsync(IResource resource, CancellationToken stop)
    {
        if (resource.Annotations.OfType<EndpointAnnotation>().Any())
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), stop);
        var urls = await ResourceUrls.ResolveAsync(resource, stop);
        await notifications.PublishUpdateAsync(resource, s => s with { Urls = [.. urls] });
    }

    private async Task StartAsync(IResource resource, CancellationToken stop)
    {
        if (!resource.RunsProcesses())
        {
            await starter.StartValueAsync(resource, stop);
            return;
        }

        if (resource is IResourceWithConnectionString)
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), stop);
        if (resource.Annotations.OfType<ExplicitStartupAnnotation>().Any())
            await notifications.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.NotStarted });
        else
            await starter.StartProcessesAsync(resource, instances.Of(resource), stop);
    }
}
