using System.Diagnostics.Metrics;
using EventSourcing.Fulfillment.Conformance;
using EventSourcing.Fulfillment.Outbox;
using EventSourcing.Fulfillment.State;

namespace EventSourcing.Fulfillment.Telemetry;

/// <summary>Meter <c>EventSourcing.Fulfillment</c>. Consuming and sending have their own instruments and spans in the backbone.</summary>
internal sealed class FulfillmentTelemetry : IDisposable
{
    public const string Name = "EventSourcing.Fulfillment";

    private readonly Meter _meter;
    private readonly Counter<long> _steps;
    private readonly Counter<long> _relayed;
    private readonly Histogram<double> _delay;
    private readonly TimeProvider _time;

    public FulfillmentTelemetry(IMeterFactory meters, ServiceState state, ConformanceView view, TimeProvider time)
    {
        _time = time;
        _meter = meters.Create(Name);
        _steps = _meter.CreateCounter<long>("eventsourcing.fulfillment.steps", "{step}", "Steps committed by this replica.");
        _relayed = _meter.CreateCounter<long>("eventsourcing.fulfillment.outbox.relayed", "{event}", "Events that Kafka has stored.");
        _delay = _meter.CreateHistogram<double>("eventsourcing.fulfillment.outbox.delay", "s", "From a step's commit to Kafka's acknowledgement.");
        _meter.CreateObservableGauge("eventsourcing.fulfillment.instances.running", () => state.Running, "{instance}", "Instances that have not ended.");
        _meter.CreateObservableGauge("eventsourcing.fulfillment.outbox.waiting", () => state.Waiting, "{event}", "Steps that wait for Kafka.");
        _meter.CreateObservableGauge("eventsourcing.fulfillment.instances.left", () => view.LeftCount, "{instance}", "Instances that left the model.");
    }

    /// <summary>Instances took a step.</summary>
    public void Advanced(int count) => _steps.Add(count);

    /// <summary>Events are stored.</summary>
    public void Relayed(IReadOnlyList<RelayedStep> steps)
    {
        var now = _time.GetUtcNow();
        _relayed.Add(steps.Count);
        foreach (var step in steps)
            _delay.Record(Math.Max(0, (now - step.Time).TotalSeconds));
    }

    public void Dispose() => _meter.Dispose();
}
