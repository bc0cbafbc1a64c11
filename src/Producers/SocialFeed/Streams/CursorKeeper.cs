using EventSourcing.SocialFeed.Options;

namespace EventSourcing.SocialFeed.Streams;

/// <summary>Writes a stream's cursor behind its window, and reports it to the sender when it is on disk.</summary>
internal sealed class CursorKeeper(
    string name, StreamClient client, CursorFile file, StreamWindow window, StreamOptions options, StoredCursor start, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan ReportAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastReport = TimeSpan.FromSeconds(1); // a sender that is away learns the cursor at the next start

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<StoredCursor> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _cursor = start.Cursor;
    private bool _isReported = !client.WantsReports || start.Cursor is null;
    private bool _hasFailed;

    /// <summary>Writes until <see cref="StopAsync"/>.</summary>
    /// <exception cref="IOException">The disk does not take the cursor.</exception>
    public async Task RunAsync()
    {
        try
        {
            file.Write(new StoredCursor(_cursor, IsExact: false)); // from now on events may be on the topic behind it
            while (!_stop.IsCancellationRequested)
            {
                await WaitAsync();
                Keep();
                await ReportAsync(_stop.Token);
            }

            Keep();
            using (var limit = new CancellationTokenSource(LastReport, time))
                await ReportAsync(limit.Token);
            var last = new StoredCursor(_cursor, window.IsEmpty);
            file.Write(last);
            _ended.SetResult(last);
        }
        catch (Exception failed)
        {
            _ended.TrySetException(failed);
            throw;
        }
    }

    /// <summary>Waits for what is begun, writes for the last time, and says what is on disk.</summary>
    public async Task<StoredCursor> StopAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10), time);
        try
        {
            while (window.Outstanding > 0 && !_ended.Task.IsCompleted)
                await poll.WaitForNextTickAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Out of patience: what has no receipt stays behind the cursor.
        }

        await _stop.CancelAsync();
        return await _ended.Task;
    }

    public void Dispose() => _stop.Dispose();

    private void Keep()
    {
        var (cursor, count) = window.TakeFinished();
        if (count == 0)
            return;
        _cursor = cursor;
        file.Write(new StoredCursor(cursor, IsExact: false));
        window.Release(count);
        _isReported = !client.WantsReports;
    }

    private async Task WaitAsync()
    {
        try
        {
            await window.WaitAsync(_isReported ? Timeout.InfiniteTimeSpan : ReportAgain, _stop.Token);
            await Task.Delay(options.CursorInterval, time, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The last round.
        }
    }

    private async Task ReportAsync(CancellationToken stop)
    {
        if (_isReported)
            return;
        try
        {
            await client.ReportAsync(_cursor, stop);
            (_isReported, _hasFailed) = (true, false);
        }
        catch (Exception failed) when (failed is HttpRequestException or TimeoutException)
        {
            if (!_hasFailed)
                Log.CommitFailed(logger, name, failed.GetBaseException().Message);
            _hasFailed = true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The service stops.
        }
    }
}
