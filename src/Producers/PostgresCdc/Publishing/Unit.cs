namespace EventSourcing.PostgresCdc.Publishing;

/// <summary>What the position advances over as a whole: a transaction, a table's snapshot, a poll. Done when it is closed and every event has its receipt.</summary>
internal sealed class Unit
{
    private int _open = 1;                                    // the unit itself, until it is closed

    /// <summary>End of the transaction; 0 when the unit does not move the LSN.</summary>
    public ulong EndLsn { get; set; }

    /// <summary>What else becomes true of the position when the unit is done; null for nothing.</summary>
    public Action<Positions.Position>? Apply { get; set; }

    /// <summary>Last numbers given, by source.</summary>
    public Dictionary<string, long>? Sequences { get; set; }

    /// <summary>Every event has its receipt, and no more come.</summary>
    public bool IsDone => Volatile.Read(ref _open) == 0;

    /// <summary>Ends when the unit is done; for who asks before it is closed.</summary>
    public TaskCompletionSource? Done { get; set; }

    /// <summary>One event more.</summary>
    public void Expect() => Interlocked.Increment(ref _open);

    /// <summary>One receipt, or the end of the unit; true when that was the last.</summary>
    public bool Complete()
    {
        if (Interlocked.Decrement(ref _open) > 0)
            return false;
        Done?.TrySetResult();
        return true;
    }
}
