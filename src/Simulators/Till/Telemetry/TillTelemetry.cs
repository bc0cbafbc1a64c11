using System.Diagnostics;
using System.Diagnostics.Metrics;
using EventSourcing.Till.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.Till.Telemetry;

/// <summary>Meter and source <c>EventSourcing.Till</c>; OpenTelemetry messaging conventions v1.44.0 (status Development). Edges sample: a trace starts for every Nth message.</summary>
internal sealed class TillTelemetry : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "EventSourcing.Till";

    private readonly ActivitySource _source = new(Name);
    private readonly Counter<long> _sent;
    private readonly int _every;
    private long _count;

    /// <summary>Creates the instruments.</summary>
    public TillTelemetry(IMeterFactory meters, IOptions<TillOptions> options)
    {
        _every = options.Value.TraceEvery;
        _sent = meters.Create(Name).CreateCounter<long>("eventsourcing.till.sales", "{sale}", "Sales that have their final answer.");
    }

    /// <summary>The context of a new trace; null when the message is not sampled.</summary>
    public string? StartTrace(string queue)
    {
        if (_every == 0 || (Interlocked.Increment(ref _count) - 1) % _every != 0)
            return null;
        using var span = _source.StartActivity($"send {queue}", ActivityKind.Producer, default(ActivityContext), new TagList
        {
            { "messaging.system", "amqp" },
            { "messaging.operation.name", "send" },
            { "messaging.operation.type", "send" },
            { "messaging.destination.name", queue },
        });
        return span?.Id;
    }

    /// <summary>Sales have their final answer.</summary>
    public void Sent(string queue, int sales) => _sent.Add(sales, new KeyValuePair<string, object?>("messaging.destination.name", queue));

    /// <summary>Ends the source; the meter is the factory's.</summary>
    public void Dispose() => _source.Dispose();
}
