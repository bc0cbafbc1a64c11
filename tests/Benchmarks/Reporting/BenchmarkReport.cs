using System.Text.Json;
using EventSourcing.Benchmarks.Measuring;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.Benchmarks.Reporting;

/// <summary>All results of a run, with what is needed to read them later.</summary>
internal sealed record BenchmarkReport(
    DateTimeOffset Time, string Commit, Machine Machine, bool Quick, int Rounds, IReadOnlyList<BenchmarkResult> Results)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<BenchmarkReport> CreateAsync(BenchmarkOptions options, IReadOnlyList<BenchmarkResult> results, CancellationToken stop) =>
        new(DateTimeOffset.UtcNow, await CommitAsync(stop), Machine.Current(), options.Quick, options.RoundCount, results);

    /// <summary>This result's throughput in parts of the first workload on the same broker with the same payload.</summary>
    public double RatioToBaseline(BenchmarkResult result) =>
        Ratio(result, Results.First(other => other.Broker == result.Broker && other.PayloadBytes == result.PayloadBytes));

    /// <summary>This result's throughput in parts of the same workload on Apache Kafka; null for Apache Kafka itself and without it.</summary>
    public double? RatioToApacheKafka(BenchmarkResult result) => Results
        .Where(other => other.Broker == "Apache Kafka" && result.Broker != other.Broker && other.Workload == result.Workload && other.PayloadBytes == result.PayloadBytes)
        .Select(other => (double?)(result.Median.EventsPerSecond / other.Median.EventsPerSecond))
        .FirstOrDefault();

    public async Task SaveAsync(FileInfo file, CancellationToken stop)
    {
        file.Directory!.Create();
        await using var stream = file.Create();
        await JsonSerializer.SerializeAsync(stream, this, Format, stop);
    }

    // Round by round: the two stood under the same load of the machine.
    private static double Ratio(BenchmarkResult result, BenchmarkResult baseline) =>
        Measurement.Median(result.Rounds.Zip(baseline.Rounds, (one, other) => one.EventsPerSecond / other.EventsPerSecond));

    private static async Task<string> CommitAsync(CancellationToken stop)
    {
        try
        {
            var describe = await ProcessRunner.RunAsync("git", ["describe", "--always", "--dirty", "--abbrev=12"], workingDirectory: Repository.Root, stop: stop);
            return describe.ExitCode == 0 ? describe.StandardOutput.Trim() : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
