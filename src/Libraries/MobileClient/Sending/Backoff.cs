using Polly;
using Polly.Retry;

namespace EventSourcing.MobileClient.Sending;

/// <summary>When to try again: never give up; exponential with jitter, and never before <c>Retry-After</c>.</summary>
internal static class Backoff
{
    private const double MostExtra = 0.2;

    public static ResiliencePipeline<Round> Build(MobileClientOptions options, TimeProvider time, Action<Round, TimeSpan> waiting) =>
        new ResiliencePipelineBuilder<Round> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<Round>
            {
                ShouldHandle = static round => ValueTask.FromResult(round.Outcome.Exception is null && round.Outcome.Result.Kind == RoundKind.Stuck),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.FirstDelay,
                MaxDelay = options.LongestDelay,
                DelayGenerator = static round => ValueTask.FromResult(Spread(round.Outcome.Result.RetryAfter)),
                OnRetry = retry =>
                {
                    waiting(retry.Outcome.Result, retry.RetryDelay);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();

    /// <summary>A little later than asked, so that those who were told the same do not come at the same moment; null for no wish.</summary>
    public static TimeSpan? Spread(TimeSpan? retryAfter) =>
        retryAfter is { } wait && wait > TimeSpan.Zero ? wait * (1 + (Random.Shared.NextDouble() * MostExtra)) : null;
}
