using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Health;

/// <summary>Checks the health of each resource while it runs.</summary>
internal sealed class ResourceHealthMonitor(ResourceNotificationService notifications, IServiceProvider services) : BackgroundService
{
    private readonly Dictionary<string, ResourceHealthLoop> _loops = new(StringComparer.OrdinalIgnoreCase);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
                await OnChangedAsync(change, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
        finally
        {
            foreach (var loop in _loops.Values)
                await loop.DisposeAsync();
        }
    }

    private async Task OnChangedAsync(ResourceEvent change, CancellationToken stop)
    {
        var name = change.Resource.Name;
        var running = change.Snapshot.State?.Text == KnownResourceStates.Running;
        var loop = _loops.GetValueOrDefault(name);
        if (running)
        {
            loop ??= _loops[name] = ActivatorUtilities.CreateInstance<ResourceHealthLoop>(services, change.Resource);
            loop.Running(change.ResourceId, isReady: change.Snapshot.ResourceReady is not null, stop);
        }
        else if (loop is not null && loop.Ended(change.ResourceId))
        {
            _loops.Remove(name);
            await loop.DisposeAsync();
        }
    }
}
