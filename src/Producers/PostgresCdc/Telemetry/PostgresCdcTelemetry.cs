using System.Diagnostics;
using System.Diagnostics.Metrics;
using EventSourcing.EventBackbone;
using EventSourcing.PostgresCdc.Capture;

namespace EventSourcing.PostgresCdc.Telemetry;

/// <summary>Meter and source <c>EventSourcing.PostgresCdc</c>; OpenTelemetry messaging conventions v1.44.0 (status Development).</summary>
internal sealed class PostgresCdcTelemetry : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "EventSourcing.PostgresCdc";

    private readonly ActivitySource _source = new(Name);
    private readonly Counter<long> _changes;
    private readonly Counter<long> _events;
    private readonly Counter<long> _parked;
    private readonly Counter<long> _slotLosses;

    /// <summary>Creates the instruments.</summary>
    public PostgresCdcTelemetry(IMeterFactory meters, CaptureState state)
    {
        var meter = meters.Create(Name);
        _changes = meter.CreateCounter<long>("eventsourcing.postgres_cdc.changes", "{change}", "Changes captured, by table and op.");
        _events = meter.CreateCounter<long>("eventsourcing.postgres_cdc.events", "{event}", "Events by what became of them.");
        _parked = meter.CreateCounter<long>("eventsourcing.postgres_cdc.parked", "{change}", "Changes that can never be published, kept as dead letters.");
        _slotLosses = meter.CreateCounter<long>("eventsourcing.postgres_cdc.slot.losses", "{loss}", "Times that the slot could not give what follows the position.");
        meter.CreateObservableGauge("eventsourcing.postgres_cdc.replication.lag", () => state.LagBytes, "By", "Log behind the confirmed position.");
        meter.CreateObservableGauge("eventsourcing.postgres_cdc.slot.retained", () => state.RetainedBytes, "By", "Log that the server keeps for the slot.");
        meter.CreateObservableGauge("eventsourcing.postgres_cdc.window.usage", () => state.WindowUsage(), "{event}", "Changes published and not receipted.");
    }

    /// <summary>A change was captured.</summary>
    public void Captured(string table, char op) => _changes.Add(1, new("db.collection.name", table), new("eventsourcing.cdc.op", Ops.Of(op)));

    /// <summary>An event has its receipt.</summary>
    public void Receipted(in Receipt receipt) => _events.Add(
        1,
        new KeyValuePair<string, object?>("messaging.destination.name", receipt.Topic),
        receipt.Rejection is { } rejection ? new("error.type", rejection.Type) : new("eventsourcing.receipt", "stored"));

    /// <summary>A change was parked.</summary>
    public void Parked(string topic) => _parked.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", topic));

    /// <summary>The slot was lost.</summary>
    public void SlotLost() => _slotLosses.Add(1);

    /// <summary>The span of one change; null unless its writer's trace is sampled.</summary>
    public Activity? StartProcess(string table, string? traceParent)
    {
        if (traceParent is null
            || !ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            || !parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
            return null;
        return _source.StartActivity($"process {table}", ActivityKind.Consumer, parent, new TagList
        {
            { "messaging.system", "postgresql" },
            { "messaging.operation.name", "process" },
            { "messaging.operation.type", "process" },
            { "messaging.destination.name", table },
        });
    }

    /// <summary>Ends the source; the meter is the factory's.</summary>
    public void Dispose() => _source.Dispose();

    private static class Ops
    {
        private static readonly string[] All = ["c", "r", "u", "d", "t"];

        public static string Of(char op) => Array.Find(All, own => own[0] == op) ?? "?";
    }
}
