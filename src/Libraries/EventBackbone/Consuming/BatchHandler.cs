using System.Diagnostics;
using EventSourcing.EventBackbone.Telemetry;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace EventSourcing.EventBackbone.Consuming;

/// <summary>One batch: the handler with retries, the spans of its sampled events, the dead letters of its poison.</summary>
internal sealed class BatchHandler
{
    private readonly IEventHandler _handler;
    private readonly DeadLetterWriter _deadLetters;
    private readonly ConsumerTelemetry _telemetry;
    private readonly string _group;
    private readonly ResiliencePipeline _retry;

    public BatchHandler(
        IEventHandler handler, DeadLetterWriter deadLetters, ConsumerTelemetry telemetry, string group,
        ConsumingOptions options, TimeProvider time, ILogger logger)
    {
        (_handler, _deadLetters, _telemetry, _group) = (handler, deadLetters, telemetry, group);
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.RetryAttempts > 0)
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.RetryAttempts,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                ShouldHandle = new PredicateBuilder().Handle<Exception>(exception => exception is not OperationCanceledException),
                OnRetry = arguments =>
                {
                    Log.HandlerRetry(logger, group, arguments.AttemptNumber + 1, arguments.RetryDelay.TotalSeconds, arguments.Outcome.Exception);
                    return ValueTask.CompletedTask;
                },
            });
        _retry = builder.Build();
    }

    /// <summary>Returns when the effect of the batch is durable, its poison in the dead letters included.</summary>
    /// <exception cref="Exception">What the handler threw at the last attempt.</exception>
    public async Task HandleAsync(List<ReceivedEvent> batch, Func<ConsumedRecord, bool> isCurrent, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var spans = ConsumerTelemetry.StartProcess(_group, batch);
        try
        {
            await _retry.ExecuteAsync(token => AttemptAsync(batch, isCurrent, token), stop);
            _telemetry.Processed(_group, batch, Stopwatch.GetElapsedTime(started), error: null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _telemetry.Processed(_group, batch, Stopwatch.GetElapsedTime(started), exception);
            ConsumerTelemetry.Fail(spans, exception);
            throw;
        }
        finally
        {
            ConsumerTelemetry.End(spans);
        }
    }

    private async ValueTask AttemptAsync(List<ReceivedEvent> batch, Func<ConsumedRecord, bool> isCurrent, CancellationToken stop)
    {
        batch.RemoveAll(received => !isCurrent(received.Record));   // revoked while an earlier attempt failed
        foreach (var received in batch)
            received.Poisoned = null;
        if (batch.Count == 0)
            return;
        await _handler.HandleAsync(batch, stop);
        foreach (var received in batch)
            if (received.Poisoned is { } reason)
                await _deadLetters.WriteAsync(received, reason, stop);
    }
}
