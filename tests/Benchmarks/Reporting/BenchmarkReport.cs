using EventSourcing.Benchmarks.Measuring;

namespace EventSourcing.Benchmarks.Reporting;

/// <summary>All results of a run, with what is needed to read them later.</summary>
internal sealed record BenchmarkReport(
    DateTimeOffset Time, string Commit, Machine Machine, bool Quick, int Rounds, IReadOnlyList<BenchmarkResult> Results)
{
    public static async Task<BenchmarkReport> CreateAsync(BenchmarkOptions options, IReadOnlyList<BenchmarkResult> results, CancellationToken stop) =>
        new(DateTimeOffset.UtcNow, await Reporting.Commit.DescribeAsync(stop), Machine.Current(), options.Quick, options.RoundCount, results);

    /// <summary>This result's throughput in parts of the first workload on the same broker with the same payload.</summary>
    public double RatioToBaseline(BenchmarkResult result) =>
        Ratio(result, Results.First(other => other.Broker == result.Broker && other.PayloadBytes == result.PayloadBytes));

    /// <summary>This result's throughput in parts of the same workload on Apache Kafka; null for Apache Kafka itself and without it.</summary>
    public double? RatioToApacheKafka(BenchmarkResult result) => Results
        .Where(other => other.Broker == "Apache Kafka" && result.Broker != other.Broker && other.Workload == result.Workload && other.PayloadBytes == result.PayloadBytes)
        .Select(other => (double?)(result.Median.EventsPerSecond / other.Median.EventsPerSecond))
        .FirstOrDefault();

    public Task SaveAsync(FileInfo file, CancellationToken stop) => JsonFile.SaveAsync(file, this, stop);

    // Round by round: the two stood under the same load of the machine.
    private static double Ratio(BenchmarkResult result, BenchmarkResult baseline) =>
        Measurement.Median(result.Rounds.Zip(baseline.Rounds, (one, other) => one.EventsPerSecond / other.EventsPerSecond));
}
