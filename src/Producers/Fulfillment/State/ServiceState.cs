using EventSourcing.Fulfillment.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.Fulfillment.State;

/// <summary>What this replica knows of database and backlog. Thread-safe.</summary>
internal sealed class ServiceState(IOptions<ProcessOptions> process, IOptions<OutboxOptions> outbox)
{
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _failure = "not asked yet";
    private long _running;
    private long _waiting;
    private long _added;

    /// <summary>Why the database cannot be used; null when it can.</summary>
    public string? Failure => _failure;

    /// <summary>Instances that run.</summary>
    public long Running => Volatile.Read(ref _running);

    /// <summary>Steps that wait for Kafka.</summary>
    public long Waiting => Volatile.Read(ref _waiting) + Volatile.Read(ref _added);

    /// <summary>Steps this replica has added since the last measurement; taken before the next one.</summary>
    public long AddedSoFar => Volatile.Read(ref _added);

    /// <summary>Age of the oldest waiting step.</summary>
    public TimeSpan Lag { get; private set; }

    /// <summary>True when no more steps may wait: the process stands still.</summary>
    public bool IsOutboxFull => Waiting >= outbox.Value.MaxWaiting;

    /// <summary>True when no more orders may be read.</summary>
    public bool IsFull => IsOutboxFull || Running >= process.Value.MaxRunning;

    /// <summary>Completes with the CloudEvents <c>source</c> of the steps when the tables are there.</summary>
    public Task<string> WhenReadyAsync(CancellationToken stop) => _ready.Task.WaitAsync(stop);

    /// <summary>The tables are there.</summary>
    public void Ready(string source) => _ready.TrySetResult(source);

    /// <summary>This replica has committed steps.</summary>
    public void Added(int steps) => Interlocked.Add(ref _added, steps);

    /// <summary>The database answered.</summary>
    public void Measured(long running, long waiting, TimeSpan lag, long addedBefore)
    {
        Volatile.Write(ref _running, running);
        Volatile.Write(ref _waiting, waiting);
        Interlocked.Add(ref _added, -addedBefore);
        Lag = lag;
        _failure = null;
    }

    /// <summary>The database did not answer.</summary>
    public void Away(string reason) => _failure = reason;
}
