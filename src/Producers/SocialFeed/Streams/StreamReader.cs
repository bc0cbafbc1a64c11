using System.Net.ServerSentEvents;
using EventSourcing.EventBackbone;
using EventSourcing.SocialFeed.Options;

namespace EventSourcing.SocialFeed.Streams;

/// <summary>
/// Reads one stream for as long as the service lives. A connection that ends is opened again behind the last event that was received. When an event is
/// refused for now, reading goes back to the stored cursor: what follows may be on the topic already, and is marked, as after a crash.
/// </summary>
internal sealed class StreamReader(
    string name, StreamClient client, CursorFile file, StreamPosts posts, StreamOptions options, StreamHealth health, TimeProvider time, ILogger logger)
{
    private readonly ReconnectDelay _delay = new(options.FirstDelay, options.LongestDelay, Random.Shared);
    private StoredCursor _stored = StoredCursor.Beginning;
    private string? _received;
    private int _marksLeft;

    /// <exception cref="IOException">The cursor cannot be read or written: the host stops.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        _stored = file.Read();
        Reset();
        while (!stop.IsCancellationRequested)
        {
            using var window = new StreamWindow(options.MaxInFlight);
            using var keeper = new CursorKeeper(name, client, file, window, options, _stored, time, logger);
            var keeping = keeper.RunAsync();
            try
            {
                await ReadAsync(window, keeping, stop);
            }
            finally
            {
                _stored = await keeper.StopAsync(stop.IsCancellationRequested ? options.DrainTimeout : Timeout.InfiniteTimeSpan);
                await keeping;
            }

            if (window.Failure is { } failure && !stop.IsCancellationRequested)
                await StepBackAsync(failure.Type, failure.Detail, failure.RetryAfter, stop);
        }
    }

    // Until the stop, an event that was refused for now, or a keeper that cannot write.
    private async Task ReadAsync(StreamWindow window, Task keeping, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, window.Failed);
        _ = keeping.ContinueWith(static (_, source) => ((CancellationTokenSource)source!).Cancel(), end, stop, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        _delay.Reset();
        while (!end.IsCancellationRequested)
        {
            var reason = await ReadConnectionAsync(window, end.Token);
            if (end.IsCancellationRequested)
                return;
            if (health.Away(name, reason))
                Log.StreamAway(logger, name, reason);
            await WaitAsync(_delay.Next(), end.Token);
        }
    }

    private async Task<string> ReadConnectionAsync(StreamWindow window, CancellationToken stop)
    {
        try
        {
            using var connection = await client.OpenAsync(_received, stop);
            health.Reading(name);
            Log.Reading(logger, name, _received ?? "its beginning");
            await foreach (var item in connection.ReadAsync(stop))
                await TakeAsync(item, window, stop);
            return "the stream ended";
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or TimeoutException or OperationCanceledException)
        {
            return failed.GetBaseException().Message;
        }
    }

    private async ValueTask TakeAsync(SseItem<byte[]> item, StreamWindow window, CancellationToken stop)
    {
        if (item.Data.Length == 0)
            return;
        _delay.Reset();
        var cursor = item.EventId ?? _received ?? "";
        var entry = await window.EnterAsync(cursor, stop);
        _received = cursor;
        // From here on the event is begun: a stop waits for it, instead of leaving its place in the window open.
        await posts.TakeAsync(name, item.Data, _marksLeft > 0, window, entry, CancellationToken.None);
        if (_marksLeft > 0)
            _marksLeft--;
    }

    private async Task StepBackAsync(string type, string detail, TimeSpan? retryAfter, CancellationToken stop)
    {
        Log.SteppingBack(logger, name, type, detail);
        health.Away(name, detail);
        Reset();
        await WaitAsync(retryAfter ?? _delay.Next(), stop);
    }

    private void Reset()
    {
        _received = _stored.Cursor;
        _marksLeft = _stored.IsExact ? 0 : options.MaxInFlight;
    }

    private async Task WaitAsync(TimeSpan delay, CancellationToken stop) =>
        await Task.Delay(delay, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
