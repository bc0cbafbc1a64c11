using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>One run of an application from start to stop.</summary>
internal sealed class ApplicationRun(
    ApplicationOrchestrator orchestrator, InstanceRegistry instances, FailurePolicy failures, DcpOptions options, DistributedApplicationModel model,
    IDistributedApplicationEventing eventing, ResourceNotificationService notifications, IHostApplicationLifetime lifetime,
    DistributedApplicationOptions applicationOptions, ILogger<DistributedApplication> logger)
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(90);
    private readonly Lock _gate = new();
    private Task? _stop;

    /// <summary>
    /// Runs until stopped, then releases the services, as a host does: only then the console has every line that was logged.
    /// A failure, or a resource that crashed and was not started again, sets the exit code of this process to 1.
    /// </summary>
    public async Task RunAsync(DistributedApplication application, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(lifetime.StopApplication);
        try
        {
            await application.StartAsync(cancellationToken);
            await UntilStoppedAsync();
        }
        catch (DistributedApplicationException e)
        {
            OrchestratorLog.CouldNotStart(logger, e.Message);
            Environment.ExitCode = 1;
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped while starting.
        }
        finally
        {
            await application.DisposeAsync();
        }

        if (failures.FatalMessage is not null || instances.All.Any(instance => instance.HasFailed))
            Environment.ExitCode = 1;
    }

    public async Task StartAsync(IHost host, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping, failures.Fatal);
        stop.CancelAfter(options.StartTimeout);
        try
        {
            options.Validate(!applicationOptions.DisableDashboard);
            OrchestratorLog.Starting(logger);
            await eventing.PublishAsync(new BeforeStartEvent(host.Services, model), stop.Token);
            await host.StartAsync(stop.Token);
            await orchestrator.StartAsync(stop.Token);
            failures.Started = true;
            OrchestratorLog.Started(logger);
        }
        catch (Exception e)
        {
            var (unfinished, stopWanted) = (Unfinished(), cancellationToken.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested);
            await StopAsync(host, CancellationToken.None);
            if (failures.FatalMessage is { } message)
                throw new DistributedApplicationException(message, e);
            if (e is OperationCanceledException && !stopWanted)
                throw new DistributedApplicationException($"it did not start within {options.StartTimeout}. {unfinished}", e);
            throw;
        }
    }

    /// <summary>Stops resources, then services. The first call does it, later ones wait for it.</summary>
    public Task StopAsync(IHost host, CancellationToken cancellationToken)
    {
        lock (_gate)
            _stop ??= StopOnceAsync(host);
        return _stop.WaitAsync(cancellationToken);
    }

    private async Task StopOnceAsync(IHost host)
    {
        using var deadline = new CancellationTokenSource(StopTimeout);
        lifetime.StopApplication();
        try
        {
            await orchestrator.StopAsync(deadline.Token);
        }
        finally
        {
            await host.StopAsync(deadline.Token);
            notifications.Complete();
        }
    }

    private async Task UntilStoppedAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStopping.Register(stopped.SetResult);
        await stopped.Task;
    }

    /// <summary>Which resources are not up, and why: the state before all was stopped.</summary>
    private string Unfinished() => string.Join(" ", model.Resources
        .SelectMany(resource => resource.InstanceIds())
        .Select(id => notifications.TryGetCurrentState(id, out var state) ? state : null)
        .Where(state => state?.Snapshot.State is { } s && s.Text != KnownResourceStates.Running && s.Text != KnownResourceStates.NotStarted)
        .Select(state => StateReport.Of(state!)));
}
