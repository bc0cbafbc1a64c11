using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventSourcing.Receipts;

/// <summary>
/// Reports the book every interval, and a last time in <see cref="StoppedAsync"/>: the host calls it after every other service has stopped,
/// so the last report holds the answers that came during the stop.
/// </summary>
internal sealed class ReceiptReportingWorker(
    ReceiptBook book, LedgerClient ledger, IOptions<ReceiptReportingOptions> options, TimeProvider time, ILogger<ReceiptReportingWorker> logger)
    : BackgroundService, IHostedLifecycleService
{
    /// <summary>A report without news is sent all the same after so many intervals: the ledger sees that the reporter lives, and a restarted one learns its state.</summary>
    private const int IntervalsBetweenHeartbeats = 5;

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private long _number;
    private long _reportedVersion = -1;
    private int _skipped;
    private bool _warned;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Tries the last report until the ledger takes it or the timeout is over.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Value.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        while (!await TryReportAsync(final: true, stop.Token))
        {
            if (await WaitAsync(TimeSpan.FromMilliseconds(200), stop.Token))
                continue;
            Log.FinalReportNotTaken(logger, options.Value.Ledger!, options.Value.Timeout);
            return;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await ReportNewsAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The last report follows in StoppedAsync.
        }
    }

    private async Task ReportNewsAsync(CancellationToken stop)
    {
        if (book.Version == _reportedVersion && ++_skipped < IntervalsBetweenHeartbeats)
            return;
        _skipped = 0;
        using var deadline = new CancellationTokenSource(options.Value.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        await TryReportAsync(final: false, linked.Token);
    }

    private async Task<bool> TryReportAsync(bool final, CancellationToken stop)
    {
        try
        {
            var version = book.Version;
            await ledger.PutAsync(new ReceiptsReport(_startedAt, ++_number, final, book.Snapshot()), stop);
            _reportedVersion = version;
            if (_warned)
                Log.LedgerBack(logger, options.Value.Ledger!);
            _warned = false;
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            if (!_warned && (exception is not OperationCanceledException || !final))
                Log.LedgerAbsent(logger, options.Value.Ledger!, exception.Message);
            _warned = true;
            return false;
        }
    }

    private async Task<bool> WaitAsync(TimeSpan delay, CancellationToken stop)
    {
        try
        {
            await Task.Delay(delay, time, stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
