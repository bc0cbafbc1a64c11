using System.Diagnostics;
using System.Diagnostics.Metrics;
using EventSourcing.EventBackbone;

namespace EventSourcing.SensorIngest.Telemetry;

/// <summary>Meter and source <c>EventSourcing.SensorIngest</c>; OpenTelemetry messaging conventions v1.44.0 (status Development).</summary>
internal sealed class SensorIngestTelemetry : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "EventSourcing.SensorIngest";

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter;
    private readonly Counter<long> _consumed;
    private readonly Counter<long> _events;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _connections;

    /// <summary>Creates the instruments.</summary>
    public SensorIngestTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _consumed = _meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "MQTT messages received.");
        _events = _meter.CreateCounter<long>("eventsourcing.sensor_ingest.events", "{event}", "Events by what became of them.");
        _duplicates = _meter.CreateCounter<long>("eventsourcing.sensor_ingest.duplicates", "{event}", "Second deliveries recognised and not published.");
        _connections = _meter.CreateCounter<long>("eventsourcing.sensor_ingest.mqtt.connections", "{connection}", "Connections to the MQTT broker opened.");
    }

    /// <summary>Adds a gauge of this service.</summary>
    public void Gauge(string name, string unit, string description, Func<int> read) =>
        _meter.CreateObservableGauge($"eventsourcing.sensor_ingest.{name}", read, unit, description);

    /// <summary>An MQTT message came.</summary>
    public void Consumed(string template) => _consumed.Add(1, new("messaging.system", "mqtt"), new("messaging.destination.template", template));

    /// <summary>A connection was opened.</summary>
    public void Connected() => _connections.Add(1);

    /// <summary>A second delivery was recognised.</summary>
    public void Duplicate() => _duplicates.Add(1);

    /// <summary>An event has its receipt.</summary>
    public void Receipted(Receipt receipt) => _events.Add(
        1,
        new KeyValuePair<string, object?>("messaging.destination.name", receipt.Topic),
        receipt.Rejection is { } rejection ? new("error.type", rejection.Type) : new("eventsourcing.receipt", receipt.Level.ToString()));

    /// <summary>The span of one MQTT message; null unless its sender's trace is sampled.</summary>
    /// <param name="template">The topic filter, for the span's name.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="traceParent">The user property <c>traceparent</c>.</param>
    /// <param name="clientId">This subscriber.</param>
    public Activity? StartProcess(string template, string topic, string? traceParent, string clientId)
    {
        if (traceParent is null
            || !ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            || !parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
            return null;
        return _source.StartActivity($"process {template}", ActivityKind.Consumer, parent, new TagList
        {
            { "messaging.system", "mqtt" },
            { "messaging.operation.name", "process" },
            { "messaging.operation.type", "process" },
            { "messaging.destination.name", topic },
            { "messaging.destination.template", template },
            { "messaging.client.id", clientId },
        });
    }

    /// <summary>The span in which a reading that waited is published; null unless it is sampled.</summary>
    public Activity? StartReleased(ActivityContext arrived) => arrived.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
        ? _source.StartActivity("release reading", ActivityKind.Internal, arrived)
        : null;

    /// <summary>Ends the source; the meter is the factory's.</summary>
    public void Dispose() => _source.Dispose();
}
