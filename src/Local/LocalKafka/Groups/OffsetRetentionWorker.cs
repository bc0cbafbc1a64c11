using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Groups;

/// <summary>Deletes committed offsets that are over their time, and groups that have nothing left, in intervals.</summary>
internal sealed class OffsetRetentionWorker : IAsyncDisposable
{
    private readonly GroupCoordinator _groups;
    private readonly TimeSpan _retention;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    public OffsetRetentionWorker(GroupCoordinator groups, TimeSpan retention, TimeSpan interval, TimeProvider time, ILogger logger)
    {
        _groups = groups;
        _retention = retention;
        _logger = logger;
        _running = RunAsync(interval, time, _stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task RunAsync(TimeSpan interval, TimeProvider time, CancellationToken stop)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stop))
            DeleteExpired(time.GetUtcNow() - _retention);
    }

    private void DeleteExpired(DateTimeOffset limit)
    {
        try
        {
            _groups.DeleteExpired(limit);
        }
        catch (IOException exception)
        {
            Log.OffsetRetentionFailed(_logger, exception);
        }
    }
}
