using EventSourcing.Benchmarks.Brokers;

namespace EventSourcing.Benchmarks.Ingress;

/// <summary>Measures one path after the other on a broker; each finds it without topics.</summary>
/// <param name="broker">The broker.</param>
/// <param name="divisor">Divides the events, and the seconds at a constant rate.</param>
/// <param name="say">Told what happens.</param>
internal sealed class IngressMeasurer(BrokerUnderLoad broker, int divisor, Action<string> say)
{
    private const int WarmUpShare = 4;
    private const int MostPacedPerSecond = 500;
    private const int PacedSeconds = 6;
    private const double PacedShare = 0.25;

    /// <summary>At full speed, and at a constant rate when that is wanted.</summary>
    /// <exception cref="Exception">An event was refused, or did not arrive; the message says what the service did last.</exception>
    public async Task<(ThroughputFigures Throughput, LatencyFigures? Latency)> MeasureAsync(IngressPathKind kind, bool hasLatency, CancellationToken stop)
    {
        var path = kind.Create();
        try
        {
            say($"{kind.Name}: starting");
            await path.StartAsync(broker, stop);
            return await MeasureAsync(kind, path, hasLatency, stop);
        }
        catch (Exception failure) when (path.Service is { } service && !stop.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{failure.Message}\n{service.Description}", failure);
        }
        finally
        {
            await path.DisposeAsync();
            if (!stop.IsCancellationRequested)
            {
                await broker.DeleteAllTopicsAsync();
            }
        }
    }

    private async Task<(ThroughputFigures, LatencyFigures?)> MeasureAsync(IngressPathKind kind, IngressPath path, bool hasLatency, CancellationToken stop)
    {
        var events = Whole(kind.Events / divisor, path.AtOnce);
        var warmUp = Whole(events / WarmUpShare, path.AtOnce);
        var most = Whole(PacedSeconds * MostPacedPerSecond / divisor, path.PacedAtOnce);
        var arrivals = new Arrivals(warmUp + events + most);
        var load = new IngressLoad(path, arrivals);
        await using var watcher = await ArrivalWatcher.StartAsync(broker.BootstrapServers, path, arrivals, stop);

        say($"{kind.Name}: warm-up with {warmUp:N0} events");
        await load.AtFullSpeedAsync(0, warmUp, stop);
        await arrivals.WaitForAsync(warmUp, stop);

        say($"{kind.Name}: {events:N0} events at full speed");
        var cpu = path.Service?.CpuTime();
        await load.AtFullSpeedAsync(warmUp, events, stop);
        await arrivals.WaitForAsync(warmUp + events, stop);
        var throughput = new ThroughputFigures(
            events, arrivals.MeanBytes, events / arrivals.Duration(warmUp, events).TotalSeconds, (path.Service?.CpuTime() - cpu)?.TotalMicroseconds / events);
        if (!hasLatency)
        {
            return (throughput, null);
        }

        var rate = Math.Min(MostPacedPerSecond, throughput.EventsPerSecond * PacedShare);
        var paced = Math.Min(Whole((int)(rate * PacedSeconds / divisor), path.PacedAtOnce), most);
        say($"{kind.Name}: {paced:N0} events at {rate:N0}/s");
        await load.PacedAsync(warmUp + events, paced, rate, stop);
        await arrivals.WaitForAsync(warmUp + events + paced, stop);
        var latencies = arrivals.Latencies(warmUp + events, paced, path.IsTimed);
        return (throughput, new LatencyFigures(rate, latencies[latencies.Length / 2], latencies[latencies.Length * 99 / 100]));
    }

    private static int Whole(int events, int portion) => Math.Max(events / portion, 1) * portion;
}
