using System.Diagnostics;
using System.Diagnostics.Metrics;
using EventSourcing.MobileClient;
using EventSourcing.Phones.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.Phones.Telemetry;

/// <summary>Meter and source <c>EventSourcing.Phones</c>; OpenTelemetry messaging conventions v1.44.0 (status Development). Edges sample: a trace starts for every Nth event.</summary>
internal sealed class PhonesTelemetry : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "EventSourcing.Phones";

    private readonly ActivitySource _source = new(Name);
    private readonly Counter<long> _events;
    private readonly Counter<long> _faults;
    private readonly IOptions<PhonesOptions> _options;
    private long _count;

    /// <summary>Creates the instruments.</summary>
    public PhonesTelemetry(IMeterFactory meters, IOptions<PhonesOptions> options)
    {
        _options = options;
        var meter = meters.Create(Name);
        _events = meter.CreateCounter<long>("eventsourcing.phones.events", "{event}", "Events that have their final answer, by outcome.");
        _faults = meter.CreateCounter<long>("eventsourcing.phones.faults", "{request}", "Requests the network cut or repeated, by kind.");
    }

    /// <summary>The context of a new trace; null when the event is not sampled.</summary>
    public string? StartTrace()
    {
        var every = _options.Value.TraceEvery;
        if (every == 0 || (Interlocked.Increment(ref _count) - 1) % every != 0)
            return null;
        using var span = _source.StartActivity($"create {_options.Value.Topic}", ActivityKind.Producer, default(ActivityContext), new TagList
        {
            { "messaging.operation.name", "create" },
            { "messaging.operation.type", "create" },
            { "messaging.destination.name", _options.Value.Topic },
        });
        return span?.Id;
    }

    /// <summary>The context that requests are sent in: not recorded, so that neither client nor service starts a trace for a batch; its sampled events have their own.</summary>
    public static Activity StartUntraced()
    {
        Activity.Current = null;
        return new Activity("untraced").SetIdFormat(ActivityIdFormat.W3C).Start();
    }

    /// <summary>An event has its final answer.</summary>
    public void Answered(AnswerKind kind) => _events.Add(1, new KeyValuePair<string, object?>("outcome", kind.ToString()));

    /// <summary>A request was cut.</summary>
    public void Cut() => _faults.Add(1, new KeyValuePair<string, object?>("kind", "cut"));

    /// <summary>A request was sent twice.</summary>
    public void Repeated() => _faults.Add(1, new KeyValuePair<string, object?>("kind", "repeated"));

    /// <summary>Ends the source; the meter is the factory's.</summary>
    public void Dispose() => _source.Dispose();
}
