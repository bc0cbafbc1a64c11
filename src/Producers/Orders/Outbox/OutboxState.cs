using EventSourcing.EventBackbone;
using EventSourcing.Orders.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.Orders.Outbox;

/// <summary>What this replica knows of database and outbox, and whether commands may be taken. Thread-safe.</summary>
internal sealed class OutboxState(IOptions<OrdersOptions> orders, IOptions<OutboxOptions> outbox)
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan _retryAfter = orders.Value.RetryAfter;
    private long _measured;
    private long _accepted;
    private volatile string? _failure = "not asked yet";
    private volatile bool _isSlotLost;

    /// <summary>Why the database cannot be used; null when it can.</summary>
    public string? Failure => _failure;

    /// <summary>True when the log no longer holds what the relay must read.</summary>
    public bool IsSlotLost => _isSlotLost;

    /// <summary>What waits: rows, or bytes of WAL.</summary>
    public long Backlog => Volatile.Read(ref _measured) + Volatile.Read(ref _accepted);

    /// <summary>The bound of <see cref="Backlog"/>.</summary>
    public long Limit => outbox.Value.Kind == OutboxKind.Table ? outbox.Value.MaxRows : outbox.Value.MaxWalBytes;

    /// <summary>Seconds that the oldest waiting event has waited.</summary>
    public TimeSpan Lag { get; private set; }

    /// <summary>True when nothing more may wait.</summary>
    public bool IsFull => Backlog >= Limit;

    /// <summary>Completes when the tables are there.</summary>
    public Task WhenReadyAsync(CancellationToken stop) => _ready.Task.WaitAsync(stop);

    /// <summary>Why commands are refused now; null when they are taken.</summary>
    public Rejection? FindRefusal() =>
        _isSlotLost ? OrdersRefusals.SlotLost(_retryAfter)
        : !_ready.Task.IsCompleted || _failure is not null ? OrdersRefusals.DatabaseAway(_retryAfter)
        : IsFull ? OrdersRefusals.OutboxFull(Limit, outbox.Value.Kind, _retryAfter)
        : null;

    /// <summary>This replica adds to the backlog.</summary>
    public void Accepted(long units) => Interlocked.Add(ref _accepted, units);

    /// <summary>What this replica has added since the last measurement; taken before the next one.</summary>
    public long AcceptedSoFar => Volatile.Read(ref _accepted);

    /// <summary>The tables are there.</summary>
    public void Ready() => _ready.TrySetResult();

    /// <summary>The database answered.</summary>
    public void Measured(OutboxMeasurement measurement, long acceptedBefore)
    {
        Volatile.Write(ref _measured, measurement.Backlog);
        Interlocked.Add(ref _accepted, -acceptedBefore);
        Lag = measurement.Lag;
        _isSlotLost = measurement.IsSlotLost;
        _failure = measurement.IsReadOnly ? "it is read-only" : null;
    }

    /// <summary>The database did not answer.</summary>
    public void Away(string reason) => _failure = reason;
}

/// <summary>What the database says of the outbox.</summary>
internal readonly record struct OutboxMeasurement(long Backlog, TimeSpan Lag, bool IsSlotLost, bool IsReadOnly);
