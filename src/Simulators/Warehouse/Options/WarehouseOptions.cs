using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.Warehouse.Options;

/// <summary>The warehouse and its terminals. The database: <c>ConnectionStrings:warehouse</c>, as Npgsql takes it.</summary>
public sealed class WarehouseOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Warehouse";

    /// <summary>Stock movements of all terminals, per second, 0.1 to 100,000; default 30.</summary>
    [Range(0.1, 100_000)] public double MovementsPerSecond { get; set; } = 30;

    /// <summary>Movements after which the warehouse closes, count; default 0: it works until it is stopped.</summary>
    [Range(0, long.MaxValue)] public long Count { get; set; }

    /// <summary>Terminals, each with a connection of its own; count, 1 to 100, default 4.</summary>
    [Range(1, 100)] public int Terminals { get; set; } = 4;

    /// <summary>Articles, count, 1 to 1,000,000; default 200.</summary>
    [Range(1, 1_000_000)] public int Items { get; set; } = 200;

    /// <summary>Seed of articles and quantities.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The topic that the movements are meant for; receipts are booked under it. Default <c>cdc.{database}.public.stock_movements</c>.</summary>
    public string? Topic { get; set; }

    /// <summary>What a terminal's name is appended to for the events' <c>source</c>. Default <c>/postgres/{database}/public/stock_movements</c>.</summary>
    public string? Source { get; set; }

    /// <summary>Every Nth movement starts a trace, 0 (none) to 1,000,000; default 100.</summary>
    [Range(0, 1_000_000)] public int TraceEvery { get; set; } = 100;

    /// <summary>Longest wait for the database, 100 ms to 1 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")] public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stop waits for answers that are outstanding, 0 to 1 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Validates at start, all errors at once.</summary>
[OptionsValidator]
internal sealed partial class WarehouseOptionsValidator : IValidateOptions<WarehouseOptions>;
