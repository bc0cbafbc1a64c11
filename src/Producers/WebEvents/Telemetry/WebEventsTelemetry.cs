using System.Diagnostics;
using System.Diagnostics.Metrics;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.WebEvents.Intake;

namespace EventSourcing.WebEvents.Telemetry;

/// <summary>Meter and activity source <c>EventSourcing.WebEvents</c>. Sending to Kafka has its own instruments in the backbone.</summary>
internal sealed class WebEventsTelemetry : IDisposable
{
    public const string Name = "EventSourcing.WebEvents";

    private readonly ActivitySource _activities = new(Name);
    private readonly Meter _meter;
    private readonly Counter<long> _events;
    private readonly Counter<long> _deadLettersLost;
    private readonly Histogram<double> _clockLag;
    private readonly UpDownCounter<long> _streams;

    public WebEventsTelemetry(IMeterFactory meters, IngressBudget budget)
    {
        _meter = meters.Create(Name);
        _events = _meter.CreateCounter<long>("eventsourcing.web_events.events", "{event}", "Events by path and outcome.");
        _deadLettersLost = _meter.CreateCounter<long>("eventsourcing.web_events.dead_letters.lost", "{event}", "Dead letters nobody would take.");
        _clockLag = _meter.CreateHistogram<double>("eventsourcing.web_events.clock.lag", "s", "How far corrected client clocks lag behind this one.");
        _streams = _meter.CreateUpDownCounter<long>("eventsourcing.web_events.streams", "{stream}", "Open gRPC streams.");
        _meter.CreateObservableUpDownCounter(
            "eventsourcing.web_events.bodies.usage", () => budget.BodyBytes, "By", "Request bodies held, as counted against Collector:MaxInFlightBytes.");
    }

    /// <summary>A span for an event whose own trace is sampled and is not the trace of its request; else null.</summary>
    public Activity? StartAccept(CloudEvent cloudEvent)
    {
        if (!_activities.HasListeners() || cloudEvent[EventAttributes.TraceParent] is not string parent
            || !ActivityContext.TryParse(parent, null, isRemote: true, out var context)
            || !context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            || Activity.Current is { Recorded: true } current && current.TraceId == context.TraceId)
            return null;
        return _activities.StartActivity($"accept {Routes.WebEvents.Name}", ActivityKind.Server, context);
    }

    /// <summary>Counts what became of events that came together.</summary>
    public void Count(IngressPath path, ReadOnlySpan<Receipt> receipts)
    {
        for (int start = 0, end; start < receipts.Length; start = end)
        {
            var outcome = Outcome(receipts[start]);
            for (end = start + 1; end < receipts.Length && Outcome(receipts[end]) == outcome; end++) ;
            _events.Add(end - start, new("path", path.Name), new("outcome", outcome));
        }
    }

    public void DeadLettersLost(int count) => _deadLettersLost.Add(count);

    public void ClockCorrected(TimeSpan lag) => _clockLag.Record(lag.TotalSeconds);

    /// <summary>Counts a stream as open until disposed.</summary>
    public IDisposable OpenStream() => new OpenedStream(_streams);

    public void Dispose()
    {
        _activities.Dispose();
        _meter.Dispose();
    }

    private static string Outcome(in Receipt receipt) => receipt switch
    {
        { Rejection: { } rejection } => rejection.Type,
        { Level: ReceiptLevel.Stored } => "stored",
        { Level: ReceiptLevel.Spooled } => "spooled",
        _ => "queued",
    };

    private sealed class OpenedStream : IDisposable
    {
        private readonly UpDownCounter<long> _streams;

        public OpenedStream(UpDownCounter<long> streams)
        {
            _streams = streams;
            _streams.Add(1);
        }

        public void Dispose() => _streams.Add(-1);
    }
}
