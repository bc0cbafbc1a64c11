using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.Fulfillment.Options;

/// <summary>How steps leave the database.</summary>
public sealed class OutboxOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Outbox";

    /// <summary>Most events of one batch to Kafka, count; 1 to 10,000, default 500.</summary>
    [Range(1, 10_000)] public int BatchEvents { get; set; } = 500;

    /// <summary>How often the relay looks when nobody wakes it; 10 ms to 1 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")] public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a replica tries to become the relay, and anybody to reach what is away; 10 ms to 1 min, default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")] public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a stop waits for the batch that is under way; 0 to 1 min, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the backlog is measured; 50 ms to 1 min, default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")] public TimeSpan MeasureInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Most steps that wait for Kafka, count; 1 to 10,000,000, default 100,000. At the bound the process stands still.</summary>
    [Range(1, 10_000_000)] public long MaxWaiting { get; set; } = 100_000;

    /// <summary>Age of the oldest waiting step that makes the service degraded; 1 s to 1 h, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan MaxLag { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long delivered steps, and instances that have ended, are kept; 1 min to 365 days, default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")] public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);
}

[OptionsValidator]
internal sealed partial class OutboxOptionsValidator : IValidateOptions<OutboxOptions>;
