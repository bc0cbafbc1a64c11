using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka;

/// <summary>Does its work again and again, an interval apart, until it is disposed of. A failure is logged and does not end it.</summary>
internal sealed class IntervalWorker : IAsyncDisposable
{
    private readonly string _name;
    private readonly Func<CancellationToken, Task> _work;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    /// <param name="name">What it does, for the log.</param>
    /// <param name="interval">Time before the first round and between two.</param>
    /// <param name="time">The clock.</param>
    /// <param name="work">One round; its token ends it early.</param>
    /// <param name="logger">Where failures go.</param>
    public IntervalWorker(string name, TimeSpan interval, TimeProvider time, Func<CancellationToken, Task> work, ILogger logger)
    {
        (_name, _work, _logger) = (name, work, logger);
        _running = RunAsync(interval, time, _stopping.Token);
    }

    /// <inheritdoc cref="IntervalWorker(string, TimeSpan, TimeProvider, Func{CancellationToken, Task}, ILogger)"/>
    public IntervalWorker(string name, TimeSpan interval, TimeProvider time, Action<CancellationToken> work, ILogger logger)
        : this(name, interval, time, stop => Do(work, stop), logger)
    {
    }

    /// <summary>Ends the work; completes when its round is over.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private static Task Do(Action<CancellationToken> work, CancellationToken stop)
    {
        work(stop);
        return Task.CompletedTask;
    }

    private async Task RunAsync(TimeSpan interval, TimeProvider time, CancellationToken stop)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(interval, time);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stop);
                await _work(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.WorkerFailed(_logger, exception, _name);
            }
        }
    }
}
