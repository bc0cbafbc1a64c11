namespace EventSourcing.Benchmarks;

/// <summary>What to measure and how long.</summary>
internal sealed record BenchmarkOptions
{
    public bool Quick { get; init; }

    public int? Events { get; init; }

    public int? Rounds { get; init; }

    public IReadOnlyList<string> Only { get; init; } = [];

    public string? Broker { get; init; }

    public string? BootstrapServers { get; init; }

    public required FileInfo Output { get; init; }

    public int RoundCount => Rounds ?? (Quick ? 2 : 5);

    public int EventCount(int payloadBytes) => Events ?? (payloadBytes > 500 ? 60_000 : 200_000) / (Quick ? 10 : 1);

    public bool WantsBroker(string name) => Broker is null || name.Contains(Broker, StringComparison.OrdinalIgnoreCase);

    public bool Wants(string workload) =>
        Only.Count == 0 || Only.Any(part => workload.Contains(part, StringComparison.OrdinalIgnoreCase));
}
