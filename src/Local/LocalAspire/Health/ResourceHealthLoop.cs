using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Health;

/// <summary>
/// Checks one resource from its first running instance to its last: every 30 s while healthy, sooner and sooner rarer while not.
/// The first healthy result makes the resource ready, once per run.
/// </summary>
internal sealed class ResourceHealthLoop(
    IResource resource, HealthCheckService checks, ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing, ResourceLoggerService loggers, IServiceProvider services) : IAsyncDisposable
{
    private static readonly TimeSpan HealthyInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMilliseconds(500);

    private readonly string[] _keys = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key)];
    private readonly HashSet<string> _running = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private Task? _loop;
    private Task? _ready;

    /// <summary>An instance runs; one that was not told yet that the resource is ready is told soon.</summary>
    public void Running(string id, bool isReady, CancellationToken stop)
    {
        var added = _running.Add(id);
        _loop ??= RunAsync(stop);
        if ((added || !isReady && _ready is not null) && _wake.CurrentCount == 0)
            _wake.Release();
    }

    /// <returns>Whether no instance runs any more.</returns>
    public bool Ended(string id)
    {
        _running.Remove(id);
        return _running.Count == 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await (_loop ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _wake.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, _stop.Token);
        var retry = FirstRetry;
        while (true)
        {
            var report = _keys.Length == 0 ? null : await checks.CheckHealthAsync(check => _keys.Contains(check.Name), stop.Token);
            var healthy = report is null || report.Status == HealthStatus.Healthy;
            if (healthy)
                _ready ??= BecomeReadyAsync(stop.Token);
            await PublishAsync(report);

            await _wake.WaitAsync(healthy ? HealthyInterval : retry, stop.Token);
            retry = healthy ? FirstRetry : TimeSpan.FromTicks(Math.Min(LongestRetry.Ticks, retry.Ticks * 3 / 2));
        }
    }

    /// <summary>Waiters see the task and the exceptions of its handlers.</summary>
    private async Task BecomeReadyAsync(CancellationToken stop)
    {
        try
        {
            await eventing.PublishAsync(new ResourceReadyEvent(resource, services), stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            HealthLog.ReadyHandlerFailed(loggers.GetLogger(resource), resource.Name, e);
            throw;
        }
    }

    private Task PublishAsync(HealthReport? report) => notifications.PublishUpdateAsync(resource, snapshot =>
        snapshot.State?.Text != KnownResourceStates.Running ? snapshot : snapshot with
        {
            HealthReports = report is null ? snapshot.HealthReports : [.. snapshot.HealthReports.Select(old => ToSnapshot(old, report))],
            ResourceReady = _ready,
        });

    private static HealthReportSnapshot ToSnapshot(HealthReportSnapshot old, HealthReport report) =>
        report.Entries.TryGetValue(old.Name, out var entry)
            ? old with { Status = entry.Status, Description = entry.Description, ExceptionText = entry.Exception?.ToString(), LastRunAt = DateTime.UtcNow }
            : old;
}

internal static partial class HealthLog
{
    [LoggerMessage(9030, LogLevel.Error, "A handler of '{Resource}' becoming ready failed.")]
    public static partial void ReadyHandlerFailed(ILogger logger, string resource, Exception exception);
}
