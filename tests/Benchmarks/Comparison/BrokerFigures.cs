using EventSourcing.Benchmarks.Measuring;

namespace EventSourcing.Benchmarks.Comparison;

/// <summary>What one broker showed in one round, by librdkafka on both sides.</summary>
internal sealed record BrokerFigures
{
    /// <summary>From the start of the process to the acknowledgement of the first record in a topic that was created on the way.</summary>
    public required double FirstRecordMilliseconds { get; init; }

    /// <summary>After that record, before any load; null when the broker runs elsewhere.</summary>
    public required long? BytesAtRest { get; init; }

    public required double Produced200PerSecond { get; init; }

    public required double Produced1000PerSecond { get; init; }

    /// <summary>Records of 1 KB, read from the start of the topic.</summary>
    public required double ConsumedPerSecond { get; init; }

    /// <summary>From the call of the producer to the return of the consumer, at 5,000 records/s of 200 B.</summary>
    public required double LatencyP50Milliseconds { get; init; }

    public required double LatencyP99Milliseconds { get; init; }

    /// <summary>The most that was resident up to the end of the round.</summary>
    public required long? PeakBytes { get; init; }

    /// <summary>The median of each figure over the rounds.</summary>
    public static BrokerFigures Median(IReadOnlyList<BrokerFigures> rounds) => new()
    {
        FirstRecordMilliseconds = Of(rounds, round => round.FirstRecordMilliseconds),
        BytesAtRest = Of(rounds, round => round.BytesAtRest),
        Produced200PerSecond = Of(rounds, round => round.Produced200PerSecond),
        Produced1000PerSecond = Of(rounds, round => round.Produced1000PerSecond),
        ConsumedPerSecond = Of(rounds, round => round.ConsumedPerSecond),
        LatencyP50Milliseconds = Of(rounds, round => round.LatencyP50Milliseconds),
        LatencyP99Milliseconds = Of(rounds, round => round.LatencyP99Milliseconds),
        PeakBytes = Of(rounds, round => round.PeakBytes),
    };

    private static double Of(IReadOnlyList<BrokerFigures> rounds, Func<BrokerFigures, double> figure) => Measurement.Median(rounds.Select(figure));

    private static long? Of(IReadOnlyList<BrokerFigures> rounds, Func<BrokerFigures, long?> figure) =>
        rounds.All(round => figure(round) is not null) ? (long)Measurement.Median(rounds.Select(round => (double)figure(round)!.Value)) : null;
}
