using System.Diagnostics;
using System.Diagnostics.Metrics;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.MobileBff.Installations;
using EventSourcing.MobileBff.Window;

namespace EventSourcing.MobileBff.Telemetry;

/// <summary>Meter and activity source <c>EventSourcing.MobileBff</c>. Sending to Kafka has its own instruments in the backbone, the proxy in YARP.</summary>
internal sealed class MobileBffTelemetry : IDisposable
{
    public const string Name = "EventSourcing.MobileBff";

    private readonly ActivitySource _activities = new(Name);
    private readonly Meter _meter;
    private readonly Counter<long> _events;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _deadLettersLost;
    private readonly Histogram<double> _clockLag;

    public MobileBffTelemetry(IMeterFactory meters, BodyBudget budget, WindowStore window, InstallationShares shares)
    {
        _meter = meters.Create(Name);
        _events = _meter.CreateCounter<long>("eventsourcing.mobile_bff.events", "{event}", "Events by outcome.");
        _repeated = _meter.CreateCounter<long>("eventsourcing.mobile_bff.events.repeated", "{event}", "Events answered with an earlier receipt.");
        _deadLettersLost = _meter.CreateCounter<long>("eventsourcing.mobile_bff.dead_letters.lost", "{event}", "Dead letters nobody would take.");
        _clockLag = _meter.CreateHistogram<double>("eventsourcing.mobile_bff.clock.lag", "s", "How far corrected phone clocks lag behind this one.");
        _meter.CreateObservableUpDownCounter("eventsourcing.mobile_bff.bodies.usage", () => budget.BodyBytes, "By", "Batches held.");
        _meter.CreateObservableUpDownCounter("eventsourcing.mobile_bff.window.usage", () => window.Count, "{event}", "Events remembered.");
        _meter.CreateObservableUpDownCounter("eventsourcing.mobile_bff.installations", () => shares.Count, "{installation}", "Installations kept track of.");
    }

    /// <summary>A span for an event whose own trace is sampled and is not the trace of its request; else null.</summary>
    public Activity? StartAccept(CloudEvent cloudEvent)
    {
        if (!_activities.HasListeners() || cloudEvent[EventAttributes.TraceParent] is not string parent
            || !ActivityContext.TryParse(parent, null, isRemote: true, out var context)
            || !context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            || Activity.Current is { Recorded: true } current && current.TraceId == context.TraceId)
            return null;
        return _activities.StartActivity($"accept {Routes.MobileEvents.Name}", ActivityKind.Server, context);
    }

    /// <summary>Counts what became of events that came together.</summary>
    public void Count(ReadOnlySpan<Receipt> receipts)
    {
        for (int start = 0, end; start < receipts.Length; start = end)
        {
            var outcome = Outcome(receipts[start]);
            for (end = start + 1; end < receipts.Length && Outcome(receipts[end]) == outcome; end++) ;
            _events.Add(end - start, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    public void Repeated(int count)
    {
        if (count > 0)
            _repeated.Add(count);
    }

    public void DeadLettersLost(int count) => _deadLettersLost.Add(count);

    public void ClockCorrected(TimeSpan lag) => _clockLag.Record(lag.TotalSeconds);

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
}
