using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.Shoppers.Options;

/// <summary>What the shoppers do.</summary>
public sealed class ShoppersOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Shoppers";

    /// <summary>The order service; default <c>http://orders</c>, found by service discovery.</summary>
    [Required] public Uri Orders { get; set; } = new("http://orders");

    /// <summary>The fulfillment service, whose committed steps are booked for the ledger: <c>http://fulfillment</c>; default none: not booked.</summary>
    public Uri? Fulfillment { get; set; }

    /// <summary>How often it is asked; 50 ms to 1 min, default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")] public TimeSpan StepInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The topic of the events; receipts are booked under it. Default <c>orders</c>.</summary>
    [Required] public string Topic { get; set; } = "orders";

    /// <summary>Commands of all channels, an event each, per second; 0.1 to 100,000, default 25.</summary>
    [Range(0.1, 100_000)] public double EventsPerSecond { get; set; } = 25;

    /// <summary>Commands after which the channels close, count; default 0: they go on until they are stopped.</summary>
    [Range(0, long.MaxValue)] public long Count { get; set; }

    /// <summary>Of a hundred orders, how many are cancelled later; 0 to 100, default 5.</summary>
    [Range(0, 100)] public double CancelPercent { get; set; } = 5;

    /// <summary>Sales channels, each with a <c>source</c> and a share of the rate; count, 1 to 100, default 2.</summary>
    [Range(1, 100)] public int Channels { get; set; } = 2;

    /// <summary>Commands of a channel that wait for their answers, count; 1 to 1,000, default 16.</summary>
    [Range(1, 1_000)] public int Window { get; set; } = 16;

    /// <summary>Customers, count; 1 to 1,000,000, default 500.</summary>
    [Range(1, 1_000_000)] public int Customers { get; set; } = 500;

    /// <summary>Seed of the orders: the same seed and channels give the same commands.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>How long a request may take before it counts as not answered; 100 ms to 5 min, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")] public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Pause before a command is sent again when the service says nothing else; 10 ms to 1 min, default 500 ms; doubles up to three times, with jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")] public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Every Nth command of a channel starts a trace, 0 (none) to 1,000,000; default 100.</summary>
    [Range(0, 1_000_000)] public int TraceEvery { get; set; } = 100;

    /// <summary>How long a stop waits for outstanding answers, 0 to 1 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Validates at start, all errors at once.</summary>
[OptionsValidator]
internal sealed partial class ShoppersOptionsValidator : IValidateOptions<ShoppersOptions>;
