namespace EventSourcing.Benchmarks.Measuring;

/// <summary>One workload at full speed and at a fixed rate.</summary>
internal sealed record Measurement
{
    public required double EventsPerSecond { get; init; }

    /// <summary>CPU time of this process, all threads (the client library's too), microseconds per event.</summary>
    public required double CpuMicroseconds { get; init; }

    /// <summary>CPU time of the broker, microseconds per event; null when the broker runs elsewhere.</summary>
    public required double? BrokerCpuMicroseconds { get; init; }

    public required double AllocatedBytes { get; init; }

    /// <summary>From the call to the broker's acknowledgement, at a fixed rate well below the limit.</summary>
    public required double P50Milliseconds { get; init; }

    public required double P99Milliseconds { get; init; }

    /// <summary>The median of each figure over the rounds.</summary>
    public static Measurement Median(IReadOnlyList<Measurement> rounds) => new()
    {
        EventsPerSecond = Median(rounds, round => round.EventsPerSecond),
        CpuMicroseconds = Median(rounds, round => round.CpuMicroseconds),
        BrokerCpuMicroseconds = rounds.All(round => round.BrokerCpuMicroseconds is not null) ? Median(rounds, round => round.BrokerCpuMicroseconds!.Value) : null,
        AllocatedBytes = Median(rounds, round => round.AllocatedBytes),
        P50Milliseconds = Median(rounds, round => round.P50Milliseconds),
        P99Milliseconds = Median(rounds, round => round.P99Milliseconds),
    };

    public static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Median(IReadOnlyList<Measurement> rounds, Func<Measurement, double> figure) => Median(rounds.Select(figure));
}
