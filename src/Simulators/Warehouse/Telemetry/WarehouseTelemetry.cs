using System.Diagnostics;
using System.Diagnostics.Metrics;
using EventSourcing.Warehouse.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.Warehouse.Telemetry;

/// <summary>Meter and source <c>EventSourcing.Warehouse</c>. Edges sample: a trace starts for every Nth movement.</summary>
internal sealed class WarehouseTelemetry : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "EventSourcing.Warehouse";

    private readonly ActivitySource _source = new(Name);
    private readonly Counter<long> _committed;
    private readonly int _every;
    private long _count;

    /// <summary>Creates the instruments.</summary>
    public WarehouseTelemetry(IMeterFactory meters, IOptions<WarehouseOptions> options)
    {
        _every = options.Value.TraceEvery;
        _committed = meters.Create(Name).CreateCounter<long>("eventsourcing.warehouse.movements", "{movement}", "Movements whose COMMIT was answered, or found in the table.");
    }

    /// <summary>The context of a new trace; null when the movement is not sampled.</summary>
    public string? StartTrace()
    {
        if (_every == 0 || (Interlocked.Increment(ref _count) - 1) % _every != 0)
            return null;
        using var span = _source.StartActivity("INSERT stock_movements", ActivityKind.Client, default(ActivityContext), new TagList
        {
            { "db.system.name", "postgresql" },
            { "db.operation.name", "INSERT" },
            { "db.collection.name", "stock_movements" },
        });
        return span?.Id;
    }

    /// <summary>A movement is committed.</summary>
    public void Committed() => _committed.Add(1);

    /// <summary>Ends the source; the meter is the factory's.</summary>
    public void Dispose() => _source.Dispose();
}
