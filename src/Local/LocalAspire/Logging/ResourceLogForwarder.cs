using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Writes the console logs of all resources to loggers <c>&lt;AppHost&gt;.Resources.&lt;resource&gt;</c>.</summary>
internal sealed partial class ResourceLogForwarder(
    ResourceNotificationService notifications, ResourceLoggerService resourceLoggers, IHostEnvironment environment, ILoggerFactory loggers) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var forwarding = new Dictionary<string, Task>();
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (!forwarding.ContainsKey(change.ResourceId) && !change.Snapshot.IsHidden)
                    forwarding[change.ResourceId] = ForwardAsync(change, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }

        await Task.WhenAll(forwarding.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ForwardAsync(ResourceEvent change, CancellationToken stop)
    {
        var logger = loggers.CreateLogger($"{environment.ApplicationName}.Resources.{change.Resource.Name}");
        await foreach (var batch in resourceLoggers.WatchAsync(change.ResourceId).WithCancellation(stop))
        {
            foreach (var line in batch)
                Line(logger, line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, line.LineNumber, line.Content);
        }
    }

    [LoggerMessage(EventId = 9050, Message = "{LineNumber}: {LineContent}")]
    private static partial void Line(ILogger logger, LogLevel level, int lineNumber, string lineContent);
}
