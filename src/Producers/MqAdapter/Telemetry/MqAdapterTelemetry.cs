using System.Diagnostics;
using System.Diagnostics.Metrics;
using EventSourcing.EventBackbone;
using EventSourcing.MqAdapter.Mq;

namespace EventSourcing.MqAdapter.Telemetry;

/// <summary>Meter and source <c>EventSourcing.MqAdapter</c>; OpenTelemetry messaging conventions v1.44.0 (status Development).</summary>
internal sealed class MqAdapterTelemetry : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "EventSourcing.MqAdapter";

    private readonly ActivitySource _source = new(Name);
    private readonly Counter<long> _consumed;
    private readonly Counter<long> _settled;
    private readonly Counter<long> _events;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _connections;

    /// <summary>Creates the instruments.</summary>
    public MqAdapterTelemetry(IMeterFactory meters, MqSourceState state)
    {
        var meter = meters.Create(Name);
        _consumed = meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Messages received.");
        _settled = meter.CreateCounter<long>("eventsourcing.mq_adapter.settled", "{message}", "Messages settled, by outcome.");
        _events = meter.CreateCounter<long>("eventsourcing.mq_adapter.events", "{event}", "Events by what became of them.");
        _duplicates = meter.CreateCounter<long>("eventsourcing.mq_adapter.duplicates", "{message}", "Messages that came again although their events are stored.");
        _connections = meter.CreateCounter<long>("eventsourcing.mq_adapter.connections", "{connection}", "Connections to the broker opened.");
        meter.CreateObservableGauge("eventsourcing.mq_adapter.inbox.usage", () => state.Unsettled, "{message}", "Messages received and not settled.");
    }

    /// <summary>A message came.</summary>
    public void Consumed(string queue) => _consumed.Add(1, new("messaging.system", "amqp"), new("messaging.destination.name", queue));

    /// <summary>A message was settled.</summary>
    public void Settled(string queue, string outcome) => _settled.Add(1, new("messaging.destination.name", queue), new("eventsourcing.outcome", outcome));

    /// <summary>A connection was opened.</summary>
    public void Connected() => _connections.Add(1);

    /// <summary>A message came again whose events are stored.</summary>
    public void Duplicate() => _duplicates.Add(1);

    /// <summary>An event has its receipt.</summary>
    public void Receipted(Receipt receipt) => _events.Add(
        1,
        new KeyValuePair<string, object?>("messaging.destination.name", receipt.Topic),
        receipt.Rejection is { } rejection ? new("error.type", rejection.Type) : new("eventsourcing.receipt", receipt.Level.ToString()));

    /// <summary>The span of one message; null unless its sender's trace is sampled.</summary>
    public Activity? StartProcess(string queue, string? traceParent, string messageId)
    {
        if (traceParent is null
            || !ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            || !parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
            return null;
        return _source.StartActivity($"process {queue}", ActivityKind.Consumer, parent, new TagList
        {
            { "messaging.system", "amqp" },
            { "messaging.operation.name", "process" },
            { "messaging.operation.type", "process" },
            { "messaging.destination.name", queue },
            { "messaging.message.id", messageId },
        });
    }

    /// <summary>Ends the source; the meter is the factory's.</summary>
    public void Dispose() => _source.Dispose();
}
