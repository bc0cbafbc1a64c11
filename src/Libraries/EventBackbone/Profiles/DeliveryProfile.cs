using System.ComponentModel.DataAnnotations;

namespace EventSourcing.EventBackbone;

/// <summary>What a route promises and what it may use for it. Bound from <c>Backbone:Routes:&lt;topic&gt;</c> over the values in code.</summary>
public sealed record DeliveryProfile
{
    /// <summary>How durable a record is once Kafka has acknowledged it.</summary>
    public Durability Durability { get; set; } = Durability.Replicated;

    /// <summary>The level at which the caller's request is complete.</summary>
    public ReceiptLevel Receipt { get; set; } = ReceiptLevel.Stored;

    /// <summary>Largest event, bytes of key, value and headers together; 1 to 1,048,588 (Kafka's own default limit).</summary>
    [Range(1, 1_048_588)] public int MaxEventBytes { get; set; } = 65_536;

    /// <summary>Most events accepted but neither stored nor spooled, count.</summary>
    [Range(1, 10_000_000)] public int BufferEvents { get; set; } = 50_000;

    /// <summary>Most bytes of events accepted but neither stored nor spooled.</summary>
    [Range(1_024, 2_147_483_647)] public long BufferBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>What happens to an event that finds the buffer full.</summary>
    public Overflow Overflow { get; set; } = Overflow.Reject;

    /// <summary>What happens while the backbone is unreachable.</summary>
    public Failover Failover { get; set; } = Failover.Refuse;

    /// <summary>Most bytes the route may hold in the spool on disk; used with <see cref="Failover.Spool"/> or <see cref="ReceiptLevel.Spooled"/>.</summary>
    [Range(1_024, long.MaxValue)] public long SpoolBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>How long an event may wait for Kafka's acknowledgement before its route counts as unreachable; 100 ms to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")] public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// With <see cref="Durability.Transactional"/>: how long a transaction waits for more events before it is sent; 0 to 1 s, default 5 ms. What
    /// comes while the one before it is being committed shares a transaction in any case.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")] public TimeSpan TransactionLinger { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// With <see cref="Durability.Transactional"/>: most events that are gathered into one transaction, count; a larger batch is a transaction
    /// of its own. Default 5,000.
    /// </summary>
    [Range(1, 100_000)] public int TransactionEvents { get; set; } = 5_000;
}

/// <summary>The producer's <c>acks</c> and what follows from it.</summary>
public enum Durability
{
    /// <summary><c>acks=0</c>: sent, never acknowledged. The best receipt is <see cref="ReceiptLevel.Queued"/>.</summary>
    FireAndForget,

    /// <summary><c>acks=1</c>: the leader has it; lost when the leader fails before its followers have it.</summary>
    Leader,

    /// <summary><c>acks=all</c> with the idempotent producer.</summary>
    Replicated,

    /// <summary>
    /// <c>acks=all</c> in a Kafka transaction: a batch, and the copies on the route's additional topics, is committed as a whole or not at all. Needs
    /// <see cref="ReceiptLevel.Stored"/>, which is given after the commit, and <see cref="Failover.Refuse"/>.
    /// </summary>
    Transactional,
}

/// <summary>How far an event had come when its caller was told so. Each level includes the ones before it.</summary>
public enum ReceiptLevel
{
    /// <summary>In memory: lost when the process dies.</summary>
    Queued,

    /// <summary>On this machine's disk, fsynced: survives the process, delivered later.</summary>
    Spooled,

    /// <summary>In Kafka at a known topic, partition and offset, acknowledged at the route's <see cref="Durability"/>.</summary>
    Stored,
}

/// <summary>What a full buffer does.</summary>
public enum Overflow
{
    /// <summary>The new event is refused with <see cref="RejectionKind.Overload"/>.</summary>
    Reject,

    /// <summary>The caller waits for room, until its token is cancelled.</summary>
    Wait,

    /// <summary>The oldest event that is still only queued gives way and is counted as dropped; needs <see cref="ReceiptLevel.Queued"/>.</summary>
    DropOldest,
}

/// <summary>What an unreachable backbone does to new events.</summary>
public enum Failover
{
    /// <summary>They are refused with <see cref="RejectionKind.Unavailable"/>.</summary>
    Refuse,

    /// <summary>They go to the spool and are delivered later, in order per key, before newer events.</summary>
    Spool,
}
