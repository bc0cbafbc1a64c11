using EventSourcing.MobileClient.Queue;
using Microsoft.Extensions.Logging;
using Polly;

namespace EventSourcing.MobileClient.Sending;

/// <summary>Empties the queue, oldest first. An event leaves it only with a final answer, and after the app was told.</summary>
internal sealed class QueueDrain
{
    private readonly EventQueue _queue;
    private readonly BatchSender _sender;
    private readonly MobileClientOptions _options;
    private readonly Action<EventAnswer> _answered;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _source;
    private readonly ResiliencePipeline<Round> _rounds;
    private int _batchEvents;
    private long _attemptedThrough;

    public QueueDrain(
        EventQueue queue, BatchSender sender, MobileClientOptions options, Action<EventAnswer> answered, TimeProvider time, ILogger logger, string source)
    {
        (_queue, _sender, _options, _answered, _time, _logger, _source) = (queue, sender, options, answered, time, logger, source);
        _batchEvents = options.MaxBatchEvents;
        _rounds = Backoff.Build(options, time, (round, delay) => Log.Waiting(_logger, _source, round.Reason, _queue.Count, delay));
    }

    /// <summary>The newest event that may have been sent.</summary>
    public long AttemptedThrough => Interlocked.Read(ref _attemptedThrough);

    /// <summary>Completes when the queue is empty.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled; what has no answer stays in the queue.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            var round = await _rounds.ExecuteAsync(async token => await SendOneAsync(token).ConfigureAwait(false), stop).ConfigureAwait(false);
            if (round.Kind == RoundKind.Done)
                return;
            if (Backoff.Spread(round.RetryAfter) is { } wait)
                await Task.Delay(wait, _time, stop).ConfigureAwait(false);
        }
    }

    private async ValueTask<Round> SendOneAsync(CancellationToken stop)
    {
        var batch = _queue.Peek(_batchEvents, _options.MaxBatchBytes);
        if (batch.Count == 0)
            return new Round(RoundKind.Done);
        Interlocked.Exchange(ref _attemptedThrough, Math.Max(AttemptedThrough, batch[^1].Number));
        var outcome = await _sender.SendAsync(batch, stop).ConfigureAwait(false);
        if (outcome.Verdicts is { } verdicts)
            return Settle(batch, verdicts, outcome.RetryAfter);
        return outcome.IsDefective ? Narrow(batch, outcome.Reason) : new Round(RoundKind.Stuck, outcome.RetryAfter, outcome.Reason);
    }

    private Round Settle(List<QueuedEvent> batch, SentVerdict[] verdicts, TimeSpan? retryAfter)
    {
        _batchEvents = _options.MaxBatchEvents;
        var final = new List<EventAnswer>(batch.Count);
        for (var i = 0; i < verdicts.Length; i++)
        {
            if (!verdicts[i].IsLater)
                final.Add(verdicts[i].ToAnswer(batch[i].Number));
        }

        var settled = Tell(final);
        return settled == 0
            ? new Round(RoundKind.Stuck, retryAfter, verdicts[0].Detail ?? "no event was taken")
            : new Round(RoundKind.Moved, retryAfter);
    }

    // Half as many next time, until the event that spoils the batch stands alone.
    private Round Narrow(List<QueuedEvent> batch, string reason)
    {
        if (batch.Count > 1)
        {
            _batchEvents = (batch.Count + 1) / 2;
            return new Round(RoundKind.Moved);
        }

        _batchEvents = _options.MaxBatchEvents;
        var told = Tell([new EventAnswer(batch[0].Number, AnswerKind.Refused, Type: "urn:eventsourcing:unreadable", Detail: reason)]);
        return told == 0 ? new Round(RoundKind.Stuck, Reason: "the app's callback failed") : new Round(RoundKind.Moved);
    }

    // The app first, then the queue: after a kill between the two, it is told again.
    private int Tell(List<EventAnswer> answers)
    {
        var told = new List<long>(answers.Count);
        foreach (var answer in answers)
        {
            if (TryTell(answer))
                told.Add(answer.Number);
        }

        _queue.Remove(told);
        return told.Count;
    }

    private bool TryTell(in EventAnswer answer)
    {
        if (answer.Kind == AnswerKind.Refused)
            Log.Refused(_logger, _source, answer.Number, answer.Type, answer.Detail);
        try
        {
            _answered(answer);
            return true;
        }
#pragma warning disable CA1031 // The app's own code: whatever it throws must not end the sending.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.CallbackFailed(_logger, _source, answer.Number, failure);
            return false;
        }
    }
}
