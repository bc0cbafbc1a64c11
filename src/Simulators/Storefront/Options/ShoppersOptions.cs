using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.Storefront.Options;

/// <summary>The shoppers that keep the shop busy: seeded, so that two runs with the same options take the same steps.</summary>
public sealed class ShoppersOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Shoppers";

    /// <summary>False: no shoppers, the shop alone. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Seed of the shoppers' decisions; default 42.</summary>
    public int Seed { get; set; } = 42;

    /// <summary>
    /// Visitors in one group, count, 1 to 500, default 200. A group has one request in flight and each visitor at most once in it, which
    /// keeps the order per visitor even when an event is refused and sent again.
    /// </summary>
    [Range(1, 500)] public int Visitors { get; set; } = 200;

    /// <summary>Groups per path, count, 1 to 64, default 1; each its own CloudEvents source and its own share of the rate.</summary>
    [Range(1, 64)] public int Groups { get; set; } = 1;

    /// <summary>Events per second through the HTTP collector, all groups together; 0 (none) to 100,000, default 150.</summary>
    [Range(0, 100_000)] public double HttpRatePerSecond { get; set; } = 150;

    /// <summary>Events per second through the gRPC collector; 0 (none) to 100,000, default 150.</summary>
    [Range(0, 100_000)] public double GrpcRatePerSecond { get; set; } = 150;

    /// <summary>Events per second straight to the topic; 0 (none) to 100,000, default 250.</summary>
    [Range(0, 100_000)] public double DirectRatePerSecond { get; set; } = 250;

    /// <summary>Events of each group before it stops, count; 0 (default) goes on until the process is stopped.</summary>
    [Range(0, long.MaxValue)] public long EventsPerGroup { get; set; }

    /// <summary>How long to wait for the answers to one request before its events count as unanswered; 1 s to 5 min, default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")] public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for outstanding answers when the process is stopped; 0 to 1 min, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Every how many events of a group a trace starts; 1 to 1,000,000, default 100.</summary>
    [Range(1, 1_000_000)] public int TraceEvery { get; set; } = 100;
}

/// <summary>Checks the ranges that <see cref="ShoppersOptions"/> declares.</summary>
[OptionsValidator]
internal sealed partial class ShoppersOptionsValidator : IValidateOptions<ShoppersOptions>;
