using System.Diagnostics;
using EventSourcing.Benchmarks.Brokers;
using EventSourcing.Benchmarks.Workloads;

namespace EventSourcing.Benchmarks.Measuring;

/// <summary>Drives a workload: first as fast as it goes with a bounded number under way, then at a fixed rate for the latency.</summary>
internal static class Measurer
{
    private const int Window = 20_000;
    private const int PacedEventsPerSecond = 2_000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    public static async Task<Measurement> MeasureAsync(BrokerUnderLoad broker, IWorkload workload, int count, int pacedCount, CancellationToken stop)
    {
        var measurement = AtFullSpeed(broker, workload, count, stop);
        var paced = await PaceAsync(workload, pacedCount, stop);
        return measurement with
        {
            P50Milliseconds = paced.Percentile(0.50).TotalMilliseconds,
            P99Milliseconds = paced.Percentile(0.99).TotalMilliseconds,
        };
    }

    private static Measurement AtFullSpeed(BrokerUnderLoad broker, IWorkload workload, int count, CancellationToken stop)
    {
        var completions = new Completions(count, Window);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        var (allocated, brokerCpu, cpu, started) =
            (GC.GetTotalAllocatedBytes(precise: true), broker.CpuTime(), process.TotalProcessorTime, Stopwatch.GetTimestamp());

        for (var i = 0; i < count; i++)
        {
            stop.ThrowIfCancellationRequested();
            workload.Send(completions.Start(), completions);
        }

        workload.Flush(completions);
        completions.WaitForAll();

        var elapsed = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        return new Measurement
        {
            EventsPerSecond = count / elapsed.TotalSeconds,
            CpuMicroseconds = (process.TotalProcessorTime - cpu).TotalMicroseconds / count,
            BrokerCpuMicroseconds = (broker.CpuTime() - brokerCpu)?.TotalMicroseconds / count,
            AllocatedBytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)count,
            P50Milliseconds = 0,
            P99Milliseconds = 0,
        };
    }

    // What is due at each tick is sent at once and closed, as a caller would that has just received that much.
    private static async Task<Completions> PaceAsync(IWorkload workload, int count, CancellationToken stop)
    {
        var completions = new Completions(count, Window);
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Tick);
        for (var sent = 0; sent < count && await timer.WaitForNextTickAsync(stop);)
        {
            var due = Math.Min(count, (int)(clock.Elapsed.TotalSeconds * PacedEventsPerSecond));
            for (; sent < due; sent++)
            {
                workload.Send(completions.Start(), completions);
            }

            workload.Flush(completions);
        }

        completions.WaitForAll();
        return completions;
    }
}
