using System.Diagnostics.Metrics;
using EventSourcing.Orders.Outbox;

namespace EventSourcing.Orders.Telemetry;

/// <summary>Meter <c>EventSourcing.Orders</c>. Sending to Kafka has its own instruments and spans in the backbone.</summary>
internal sealed class OrdersTelemetry : IDisposable
{
    public const string Name = "EventSourcing.Orders";

    private readonly Meter _meter;
    private readonly Counter<long> _commands;
    private readonly Counter<long> _relayed;
    private readonly Histogram<double> _delay;
    private readonly TimeProvider _time;

    public OrdersTelemetry(IMeterFactory meters, OutboxState state, TimeProvider time)
    {
        _time = time;
        _meter = meters.Create(Name);
        _commands = _meter.CreateCounter<long>("eventsourcing.orders.commands", "{command}", "Commands by name and outcome.");
        _relayed = _meter.CreateCounter<long>("eventsourcing.orders.outbox.relayed", "{event}", "Events that Kafka has stored.");
        _delay = _meter.CreateHistogram<double>("eventsourcing.orders.outbox.delay", "s", "From an event's commit to Kafka's acknowledgement.");
        _meter.CreateObservableGauge("eventsourcing.orders.outbox.usage", () => (double)state.Backlog / state.Limit, "1", "Backlog by its bound.");
        _meter.CreateObservableGauge("eventsourcing.orders.outbox.lag", () => state.Lag.TotalSeconds, "s", "Age of what waits.");
    }

    /// <summary>A command has its answer.</summary>
    public void Command(string name, string outcome) => _commands.Add(1, new("command", name), new("outcome", outcome));

    /// <summary>Events are stored.</summary>
    public void Relayed(IReadOnlyList<RelayedEvent> events)
    {
        var now = _time.GetUtcNow();
        _relayed.Add(events.Count);
        foreach (var one in events)
            _delay.Record(Math.Max(0, (now - one.Message.Time).TotalSeconds));
    }

    public void Dispose() => _meter.Dispose();
}
