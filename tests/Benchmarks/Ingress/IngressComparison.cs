using EventSourcing.Benchmarks.Brokers;
using EventSourcing.Benchmarks.Measuring;
using EventSourcing.Benchmarks.Reporting;
using Spectre.Console;

namespace EventSourcing.Benchmarks.Ingress;

/// <summary>Every way from outside to a topic on one LocalKafka, each with the bare client just before it, so that both find the machine alike.</summary>
internal sealed class IngressComparison(BenchmarkOptions options)
{
    private const int QuickDivisor = 10;
    private const int Interrupted = 130;

    private readonly IngressPathKind[] _kinds = [.. IngressPathKind.All.Where(kind => options.Wants(kind.Name))];

    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (_kinds.Length == 0 && !options.Wants(IngressPathKind.Direct.Name))
        {
            AnsiConsole.MarkupLineInterpolated($"[red]--only matches no path.[/] There are: {string.Join("; ", IngressPathKind.All.Prepend(IngressPathKind.Direct).Select(kind => kind.Name))}.");
            return 2;
        }

        ConsoleTable.WidenWithoutTerminal();
        try
        {
            return await ReportAsync(await MeasureAsync(stop), stop);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            AnsiConsole.MarkupLine("[grey]stopped[/]"); // whatever it was that broke off
            return Interrupted;
        }
    }

    private async Task<List<IngressFigures>> MeasureAsync(CancellationToken stop)
    {
        await using var broker = await BrokerStarter.StartLocalKafkaAsync(stop);
        var measurer = new IngressMeasurer(broker, options.Quick ? QuickDivisor : 1, text => AnsiConsole.MarkupLineInterpolated($"[grey]{text}[/]"));
        var direct = await measurer.MeasureAsync(IngressPathKind.Direct, hasLatency: true, stop);
        var rows = new List<IngressFigures>();
        foreach (var kind in _kinds)
        {
            rows.Add(await MeasureAsync(measurer, kind, stop));
        }

        var reached = Measurement.Median(rows.Select(row => row.DirectEventsPerSecond).OfType<double>().DefaultIfEmpty(direct.Throughput.EventsPerSecond));
        rows.Insert(0, new IngressFigures(IngressPathKind.Direct.Name)
        {
            Throughput = direct.Throughput with { EventsPerSecond = reached },
            Latency = direct.Latency,
            DirectEventsPerSecond = reached,
        });
        return rows;
    }

    private static async Task<IngressFigures> MeasureAsync(IngressMeasurer measurer, IngressPathKind kind, CancellationToken stop)
    {
        if (kind.Lacks is { } reason)
        {
            return new IngressFigures(kind.Name) { Skipped = reason };
        }

        try
        {
            var direct = await measurer.MeasureAsync(IngressPathKind.Direct, hasLatency: false, stop);
            var (throughput, latency) = await measurer.MeasureAsync(kind, hasLatency: true, stop);
            return new IngressFigures(kind.Name) { Throughput = throughput, Latency = latency, DirectEventsPerSecond = direct.Throughput.EventsPerSecond };
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{kind.Name} failed:[/] {failure.Message}");
            return new IngressFigures(kind.Name) { Failed = failure.Message };
        }
    }

    private async Task<int> ReportAsync(List<IngressFigures> rows, CancellationToken stop)
    {
        IngressTable.Write(rows);
        var (machine, commit) = (Machine.Current(), await Commit.DescribeAsync(stop));
        AnsiConsole.MarkupLineInterpolated($"{machine.Processor}, {machine.Cores} cores, {machine.OperatingSystem}");
        AnsiConsole.MarkupLineInterpolated($"{machine.Runtime}, commit {commit}");
        await JsonFile.SaveAsync(options.Output, new { Time = DateTimeOffset.UtcNow, Commit = commit, Machine = machine, options.Quick, Paths = rows }, stop);
        AnsiConsole.MarkupLineInterpolated($"results: {options.Output.FullName}");
        return rows.Any(row => row.Failed is not null) ? 1 : 0;
    }
}
