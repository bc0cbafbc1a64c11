namespace EventSourcing.Benchmarks.Ingress;

/// <summary>One path at full speed.</summary>
/// <param name="Events">How many were sent and read.</param>
/// <param name="MeanBytes">Of the record's value, bytes.</param>
/// <param name="EventsPerSecond">From the first hand-over to the arrival of the last.</param>
/// <param name="CpuMicroseconds">User and system time of the service's process, microseconds per event; null when the path has no service.</param>
internal sealed record ThroughputFigures(int Events, double MeanBytes, double EventsPerSecond, double? CpuMicroseconds);

/// <summary>One path at a constant rate.</summary>
/// <param name="EventsPerSecond">The rate.</param>
/// <param name="P50Milliseconds">From hand-over to arrival.</param>
/// <param name="P99Milliseconds">From hand-over to arrival.</param>
internal sealed record LatencyFigures(double EventsPerSecond, double P50Milliseconds, double P99Milliseconds);

/// <summary>A row.</summary>
/// <param name="Path">The path's name.</param>
internal sealed record IngressFigures(string Path)
{
    public ThroughputFigures? Throughput { get; init; }

    public LatencyFigures? Latency { get; init; }

    /// <summary>What the bare client reached on the same broker just before, events per second.</summary>
    public double? DirectEventsPerSecond { get; init; }

    public double? RatioToDirect => Throughput?.EventsPerSecond / DirectEventsPerSecond;

    /// <summary>Why it was not measured on this machine.</summary>
    public string? Skipped { get; init; }

    /// <summary>What went wrong; its figures count for nothing.</summary>
    public string? Failed { get; init; }
}
