using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Storage.Cleaning;

/// <summary>Compacts the logs whose <c>cleanup.policy</c> contains <c>compact</c>, the dirtiest first, and looks again after a while.</summary>
internal sealed class LogCleaner : IAsyncDisposable
{
    private readonly LogManager _logs;
    private readonly long _dedupeBufferBytes;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HashSet<PartitionLog> _uncleanable = [];
    private readonly IntervalWorker _worker;

    public LogCleaner(LogManager logs, TimeSpan backoff, long dedupeBufferBytes, TimeProvider time, ILogger logger)
    {
        _logs = logs;
        _dedupeBufferBytes = dedupeBufferBytes;
        _time = time;
        _logger = logger;
        _worker = new IntervalWorker("log cleaning", backoff, time, CleanWhileDirty, logger);
    }

    public ValueTask DisposeAsync() => _worker.DisposeAsync();

    /// <summary>One look at all logs; true when something was cleaned and there may be more to do.</summary>
    /// <exception cref="OperationCanceledException">The broker stops.</exception>
    public bool CleanAll(CancellationToken stop)
    {
        _uncleanable.RemoveWhere(log => log.IsClosed);
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var due = _logs.Logs
            .Where(log => log.Config.Compacts && !_uncleanable.Contains(log))
            .Select(log => (Log: log, Plan: CleaningPlan.Of(log, now)))
            .Where(each => each.Plan.IsDue(each.Log.Config))
            .OrderByDescending(each => each.Plan.DirtyRatio)
            .ToList();
        var cleaned = false;
        foreach (var (log, plan) in due)
            log.Clean(() => cleaned |= TryClean(log, new Cleaner(log, plan, now, _dedupeBufferBytes, stop), stop));
        if (cleaned)
            _logs.TryCheckpoint();
        return cleaned;
    }

    private void CleanWhileDirty(CancellationToken stop)
    {
        while (CleanAll(stop))
            stop.ThrowIfCancellationRequested();
    }

    private bool TryClean(PartitionLog log, Cleaner cleaner, CancellationToken stop)
    {
        try
        {
            if (cleaner.Clean() is not { } offset || offset <= log.CleanedOffset)
                return false;
            log.CleanedOffset = offset;
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false; // its topic was deleted
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.CleaningFailed(_logger, exception, log.Name);
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _uncleanable.Add(log);
            Log.Uncleanable(_logger, exception, log.Name);
            return false;
        }
    }
}
