using System.ComponentModel.DataAnnotations;

namespace EventSourcing.EventBackbone;

/// <summary>What the consumers of this process may hold and how patient they are.</summary>
public sealed class ConsumingOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Backbone:Consuming";

    /// <summary>Most records waiting per partition, count, 1 to 1,000,000; above it the partition is paused. Default 1,000.</summary>
    [Range(1, 1_000_000)] public int InboxRecords { get; set; } = 1_000;

    /// <summary>Most bytes of records waiting per partition, 1 KiB to 1 GiB; above it the partition is paused. Default 8 MiB.</summary>
    [Range(1_024, 1_073_741_824)] public long InboxBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Most records handled at once, count, 1 to 100,000. Default 500.</summary>
    [Range(1, 100_000)] public int BatchRecords { get; set; } = 500;

    /// <summary>How often a batch that threw is tried again before the host stops, count, 0 to 1,000. Default 8.</summary>
    [Range(0, 1_000)] public int RetryAttempts { get; set; } = 8;

    /// <summary>First pause before trying again; doubles each time, with jitter. 1 ms to 1 min, default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")] public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause before trying again; 1 ms to 1 h, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")] public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a rebalance waits for the batch in hand, so that its offsets go along; 0 to 1 min, default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan RevokeTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
