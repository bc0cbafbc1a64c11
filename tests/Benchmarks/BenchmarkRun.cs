using EventSourcing.Benchmarks.Brokers;
using EventSourcing.Benchmarks.Measuring;
using EventSourcing.Benchmarks.Reporting;
using EventSourcing.Benchmarks.Workloads;
using Spectre.Console;

namespace EventSourcing.Benchmarks;

/// <summary>One run: every broker, every payload size, every workload; rounds interleave the workloads, so that drift hits all alike.</summary>
internal sealed class BenchmarkRun(BenchmarkOptions options)
{
    private const int Partitions = 6;
    private static readonly int[] PayloadSizes = [200, 1_000];

    private readonly WorkloadKind[] _kinds = [.. WorkloadKind.All.Where(kind => options.Wants(kind.Name))];

    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (_kinds.Length == 0)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]--only matches no workload.[/] There are: {string.Join("; ", WorkloadKind.All.Select(kind => kind.Name))}.");
            return 2;
        }

        var results = new List<BenchmarkResult>();
        foreach (var (name, startAsync) in BrokerStarter.For(options))
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]{name}: starting[/]");
            await using var broker = await startAsync(stop);
            foreach (var bytes in PayloadSizes)
            {
                results.AddRange(await MeasureAsync(broker, bytes, stop));
            }
        }

        var report = await BenchmarkReport.CreateAsync(options, results, stop);
        ConsoleTable.Write(report);
        await report.SaveAsync(options.Output, stop);
        AnsiConsole.MarkupLineInterpolated($"results: {options.Output.FullName}");
        return 0;
    }

    private async Task<IEnumerable<BenchmarkResult>> MeasureAsync(BrokerUnderLoad broker, int bytes, CancellationToken stop)
    {
        var count = options.EventCount(bytes);
        var rounds = _kinds.ToDictionary(kind => kind, _ => new List<Measurement>());
        for (var round = 0; round <= options.RoundCount; round++)
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]{broker.Name}, {bytes} B: {(round == 0 ? "warm-up" : $"round {round} of {options.RoundCount}")}[/]");
            foreach (var kind in _kinds)
            {
                var measurement = await MeasureOnceAsync(broker, kind, bytes, count, stop);
                if (round > 0)
                {
                    rounds[kind].Add(measurement);
                }
            }
        }

        var resident = broker.ResidentBytes();
        return _kinds.Select(kind => new BenchmarkResult(broker.Name, kind.Name, bytes, count, Measurement.Median(rounds[kind]), rounds[kind], resident));
    }

    // A topic of its own for each measurement: the log that earlier ones left behind plays no part.
    private static async Task<Measurement> MeasureOnceAsync(BrokerUnderLoad broker, WorkloadKind kind, int bytes, int count, CancellationToken stop)
    {
        var topic = $"benchmark-{Guid.NewGuid():N}";
        await broker.CreateTopicAsync(topic, Partitions);
        try
        {
            await using var workload = await kind.CreateAsync(broker, topic, bytes);
            await Measurer.MeasureAsync(broker, workload, Math.Min(count, 5_000), 100, stop);
            return await Measurer.MeasureAsync(broker, workload, count, Math.Max(count / 50, 500), stop);
        }
        finally
        {
            await broker.DeleteTopicAsync(topic);
        }
    }
}
