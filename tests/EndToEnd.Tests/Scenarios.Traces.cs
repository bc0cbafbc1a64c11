using EventSourcing.TestKit;

namespace EventSourcing.EndToEnd.Tests;

/// <summary>Telemetry as the dashboard has it.</summary>
public abstract partial class Scenarios
{
    [Fact]
    public async Task Trace_StartedAtAPump_ReachesTheLedgerThroughMqttAndKafka()
    {
        await topology.Resources.StartSimulatorsAsync(Stop);

        var traces = await Eventually.ValueAsync(topology.Telemetry.TracesAsync, seen => seen.Any(IsWhole), "one trace from pump to ledger", stop: Stop);

        Assert.Contains(traces, IsWhole);
    }

    private static bool IsWhole(IGrouping<string, SpanSeen> trace) =>
        trace.Any(span => span is { Service: "pump-simulator", Name: var name } && name.StartsWith("send sensors/", StringComparison.Ordinal))
        && trace.Any(span => span is { Service: "sensor-ingest", Name: var name } && name.StartsWith("process sensors/", StringComparison.Ordinal))
        && trace.Any(span => span is { Service: "sensor-ingest", Name: "send sensor-readings" })
        && trace.Any(span => span is { Service: "ledger", Name: "process sensor-readings" });
}
