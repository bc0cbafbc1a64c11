using EventSourcing.TestKit;

namespace EventSourcing.EndToEnd.Tests;

/// <summary>Telemetry as the dashboard has it.</summary>
public abstract partial class Scenarios
{
    [Fact]
    public async Task Trace_StartedAtAPump_ReachesTheLedgerThroughMqttAndKafka()
    {
        var traces = await Eventually.ValueAsync(topology.Telemetry.TracesAsync, seen => seen.Any(IsWholeOverMqtt), "one trace from pump to ledger", stop: Stop);

        Assert.Contains(traces, IsWholeOverMqtt);
    }

    /// <summary>One trace goes from where an event begins, through the service that puts it on the topic, to the ledger that reads it there.</summary>
    [Theory]
    [InlineData("storefront", "web-events", "web-events")]
    [InlineData("phones", "mobile-bff", "mobile-events")]
    [InlineData("till", "mq-adapter", "store-sales")]
    [InlineData("firehose", "social-feed", "social-posts")]
    [InlineData("shoppers", "orders", "orders")]
    [InlineData("shoppers", "fulfillment", "process-steps")]
    [InlineData("warehouse", "postgres-cdc", "cdc.warehouse.public.stock_movements")]
    public async Task Trace_StartedOutside_ReachesTheLedger(string simulator, string service, string topic)
    {
        var traces = await Eventually.ValueAsync(
            topology.Telemetry.TracesAsync, seen => seen.Any(trace => IsWhole(trace, simulator, service, topic)), $"one trace from {simulator} to the ledger", stop: Stop);

        Assert.Contains(traces, trace => IsWhole(trace, simulator, service, topic));
    }

    private static bool IsWhole(IGrouping<string, SpanSeen> trace, string simulator, string service, string topic) =>
        trace.Any(span => span.Service == simulator)
        && trace.Any(span => span.Service == service && span.Name == $"send {topic}")
        && trace.Any(span => span.Service == "ledger" && span.Name == $"process {topic}");

    private static bool IsWholeOverMqtt(IGrouping<string, SpanSeen> trace) =>
        trace.Any(span => span is { Service: "pump-simulator", Name: var name } && name.StartsWith("send sensors/", StringComparison.Ordinal))
        && trace.Any(span => span is { Service: "sensor-ingest", Name: var name } && name.StartsWith("process sensors/", StringComparison.Ordinal))
        && trace.Any(span => span is { Service: "sensor-ingest", Name: "send sensor-readings" })
        && trace.Any(span => span is { Service: "ledger", Name: "process sensor-readings" });
}
