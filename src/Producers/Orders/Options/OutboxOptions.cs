using System.ComponentModel.DataAnnotations;

namespace EventSourcing.Orders.Options;

/// <summary>How events leave the database.</summary>
public sealed class OutboxOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Outbox";

    /// <summary>Where a transaction leaves its events: <c>Table</c> (default) or <c>LogicalMessage</c>.</summary>
    [EnumDataType(typeof(OutboxKind))] public OutboxKind Kind { get; set; } = OutboxKind.Table;

    /// <summary>Most events of one batch to Kafka, count; 1 to 10,000, default 500.</summary>
    [Range(1, 10_000)] public int BatchEvents { get; set; } = 500;

    /// <summary>How often the relay looks when nobody wakes it; 10 ms to 1 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")] public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a replica tries to become the relay, and a relay to reach what is away; 10 ms to 1 min, default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")] public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a stop waits for the batch that is under way; 0 to 1 min, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the backlog is measured; 50 ms to 1 min, default 500 ms. In between, each replica adds what it accepts itself.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")] public TimeSpan MeasureInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary><c>Table</c>: most events that wait, count; 1 to 10,000,000, default 100,000. At the bound commands are refused, 503.</summary>
    [Range(1, 10_000_000)] public long MaxRows { get; set; } = 100_000;

    /// <summary><c>LogicalMessage</c>: most bytes of WAL that wait; 1 MiB to 1 TiB, default 256 MiB. Keep it well below <c>max_slot_wal_keep_size</c>.</summary>
    [Range(1_048_576, 1_099_511_627_776)] public long MaxWalBytes { get; set; } = 268_435_456;

    /// <summary>Age of the oldest waiting event, or time since the slot last moved, that makes the service degraded; 1 s to 1 h, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan MaxLag { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary><c>LogicalMessage</c>: the replication slot and the publication, unique on the server; 1 to 60 of <c>[a-z0-9_]</c>.</summary>
    [Required, RegularExpression("[a-z0-9_]{1,60}", ErrorMessage = "Outbox:SlotName must be 1 to 60 of [a-z0-9_].")]
    public string SlotName { get; set; } = "orders_outbox";
}

/// <summary>Where a transaction leaves its events.</summary>
public enum OutboxKind
{
    /// <summary>A table beside the state; the relay deletes what Kafka has stored.</summary>
    Table,

    /// <summary>The transaction log, by <c>pg_logical_emit_message</c>; no table, no vacuum. The relay reads a replication slot.</summary>
    LogicalMessage,
}
