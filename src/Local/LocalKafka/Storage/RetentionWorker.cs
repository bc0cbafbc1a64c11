using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>Deletes old segments by time and size, and forgets idle producers, in intervals.</summary>
internal sealed class RetentionWorker : IAsyncDisposable
{
    private static readonly TimeSpan ProducerExpiration = TimeSpan.FromDays(1);
    private readonly LogManager _logs;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IntervalWorker _worker;

    public RetentionWorker(LogManager logs, TimeSpan interval, TimeProvider time, ILogger logger)
    {
        _logs = logs;
        _time = time;
        _logger = logger;
        _worker = new IntervalWorker("log retention", interval, time, _ => DeleteExpired(), logger);
    }

    public ValueTask DisposeAsync() => _worker.DisposeAsync();

    /// <summary>One pass over all logs.</summary>
    public void DeleteExpired()
    {
        var now = _time.GetUtcNow();
        var moved = false;
        foreach (var log in _logs.Logs)
            moved |= TryDeleteExpired(log, now);
        if (moved)
            _logs.TryCheckpoint();
    }

    private bool TryDeleteExpired(PartitionLog log, DateTimeOffset now)
    {
        try
        {
            log.ExpireProducers((now - ProducerExpiration).ToUnixTimeMilliseconds());
            var start = RetentionPolicy.NewStartOffset(log, now.ToUnixTimeMilliseconds());
            if (start <= log.StartOffset)
                return false;
            log.AdvanceStart(start);
            return true;
        }
        catch (IOException exception)
        {
            Log.RetentionFailed(_logger, exception, log.Name);
            return false;
        }
    }
}
