using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using EventSourcing.Firehose.Options;
using EventSourcing.Firehose.Posts;
using EventSourcing.Firehose.Telemetry;
using EventSourcing.Receipts;
using Microsoft.Extensions.Options;

namespace EventSourcing.Firehose.Streaming;

/// <summary>The stream: its posts fall due at a steady rate from the start of the run, whether somebody reads them or not, and each can be made again.</summary>
internal sealed class PostStream : IDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private readonly FirehoseOptions _options;
    private readonly TimeProvider _time;
    private readonly FirehoseTelemetry _telemetry;
    private readonly PostGenerator _generator;
    private readonly StreamProgress _progress;
    private readonly string _run;
    private readonly string _source;
    private readonly DateTimeOffset _start;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _closed = new();

    /// <summary>The run starts now.</summary>
    public PostStream(IOptions<FirehoseOptions> options, RunId run, ReceiptBook book, FirehoseTelemetry telemetry, TimeProvider time)
    {
        (_options, _run, _telemetry, _time, _start) = (options.Value, run.Value, telemetry, time, time.GetUtcNow());
        _generator = new PostGenerator(_options, source: 0, isStream: true);
        _source = $"/firehose/{_run}/stream";
        _progress = new StreamProgress(book.For(_source, _options.Topic), telemetry);
    }

    /// <summary>True when every post of a stream that has an end is in the reader's keeping.</summary>
    public bool IsDone => _options.StreamPostsPerSecond == 0 || (_options.StreamCount > 0 && _progress.Committed >= _options.StreamCount);

    /// <summary>The posts behind a cursor, each when it is due; heartbeats without data when there are none for a while.</summary>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _closed.Token);
        for (var number = FeedCursor.Read(cursor, _run) + 1; !either.IsCancellationRequested;)
        {
            if (!await IsDueAsync(number, either.Token))
            {
                yield return new SseItem<string>("", "heartbeat");
                continue;
            }

            yield return new SseItem<string>(await WriteAsync(number), "post") { EventId = FeedCursor.Write(_run, number) };
            number++;
        }
    }

    /// <summary>Everything up to the cursor is in the reader's keeping. False when it was never sent.</summary>
    public bool Commit(string? cursor) => _progress.Commit(FeedCursor.Read(cursor, _run));

    /// <summary>No further post falls due; what was sent and is in nobody's keeping when <paramref name="giveUp"/> comes has no answer.</summary>
    public async Task EndAsync(CancellationToken giveUp)
    {
        await _ended.CancelAsync();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10), _time);
        try
        {
            while (_progress.Committed < _progress.Sent)
                await poll.WaitForNextTickAsync(giveUp);
        }
        catch (OperationCanceledException)
        {
            // Out of patience.
        }

        _progress.GiveUp();
        await _closed.CancelAsync();
    }

    public void Dispose()
    {
        _ended.Dispose();
        _closed.Dispose();
    }

    // False for a heartbeat: the next post is not due for a while, or never. What was sent before is due whatever has ended.
    private async ValueTask<bool> IsDueAsync(long number, CancellationToken stop)
    {
        if (number <= _progress.Sent)
            return true;
        var hasEnd = _ended.IsCancellationRequested || _options.StreamPostsPerSecond == 0 || (_options.StreamCount > 0 && number > _options.StreamCount);
        var wait = hasEnd ? Heartbeat : DueTime(number) - _time.GetUtcNow();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, hasEnd ? CancellationToken.None : _ended.Token);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait < Heartbeat ? wait : Heartbeat, _time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !hasEnd && !either.IsCancellationRequested && DueTime(number) <= _time.GetUtcNow();
    }

    private async Task<string> WriteAsync(long number)
    {
        using var trace = _telemetry.StartSend();
        var post = _generator.Make(number).ToEvent(_source, DueTime(number), FirehoseTelemetry.TraceParentOf(trace), mayBeCopy: false);
        var json = await post.ToJsonAsync();
        _progress.Send(number);
        return json;
    }

    private DateTimeOffset DueTime(long number) => _start + TimeSpan.FromSeconds(number / _options.StreamPostsPerSecond);
}
