using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// Brings appended data to disk by the broker's policy: in intervals, or before each acknowledgement. All acknowledgements that wait while one
/// round of flushes runs share the next round (group commit).
/// </summary>
internal sealed class LogFlusher : IAsyncDisposable
{
    private readonly LogManager _logs;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _requested = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly Task _running;
    private FlushRound _next = new();
    private volatile IReadOnlyList<IJournaled> _journals = [];

    public LogFlusher(LogManager logs, FsyncPolicy policy, TimeSpan interval, TimeProvider time, ILogger logger)
    {
        _logs = logs;
        _time = time;
        _logger = logger;
        Policy = policy;
        _running = policy switch
        {
            FsyncPolicy.Interval => FlushInIntervalsAsync(interval, _stopping.Token),
            FsyncPolicy.Acknowledge => FlushOnRequestAsync(_stopping.Token),
            _ => Task.CompletedTask,
        };
    }

    public FsyncPolicy Policy { get; }

    /// <summary>Flushes journals in the same intervals as the logs. Where acknowledgements wait for the disk, their owners flush them.</summary>
    public void Include(params IReadOnlyList<IJournaled> journals) => _journals = journals;

    /// <summary>Completes when everything appended so far is on disk, if the policy says that acknowledgements wait for it.</summary>
    /// <exception cref="IOException">The disk failed; the data may or may not be on it.</exception>
    public Task OnAppendedAsync(PartitionLog log)
    {
        if (Policy != FsyncPolicy.Acknowledge)
            return Task.CompletedTask;
        lock (_gate)
        {
            if (_next.Logs.Count == 0)
                _requested.Release();
            _next.Logs.Add(log);
            return _next.Done.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
            _next.Done.TrySetException(new IOException("The broker is stopping."));
        _stopping.Dispose();
        _requested.Dispose();
    }

    private async Task FlushInIntervalsAsync(TimeSpan interval, CancellationToken stop)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(interval, _time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            var flushed = false;
            foreach (var log in _logs.Logs.Where(log => log.FlushedOffset < log.EndOffset))
                flushed |= TryFlush(log.Name, log.Flush) is null;
            foreach (var journal in _journals.Where(journal => !journal.IsFlushed))
                TryFlush(journal.Name, journal.Flush);
            if (flushed)
                _logs.TryCheckpoint();
        }
    }

    private async Task FlushOnRequestAsync(CancellationToken stop)
    {
        await Task.Yield();
        while (true)
        {
            await _requested.WaitAsync(stop);
            FlushRound round;
            lock (_gate)
                (round, _next) = (_next, new FlushRound());
            var failure = round.Logs.Select(log => TryFlush(log.Name, log.Flush)).Aggregate((first, second) => first ?? second);
            if (failure is null)
                round.Done.SetResult();
            else
                round.Done.SetException(failure);
        }
    }

    private IOException? TryFlush(string name, Action flush)
    {
        try
        {
            flush();
            return null;
        }
        catch (IOException exception)
        {
            Log.FlushFailed(_logger, exception, name);
            return exception;
        }
    }

    private sealed class FlushRound
    {
        public HashSet<PartitionLog> Logs { get; } = [];

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
