namespace EventSourcing.Receipts;

/// <summary>A bound that several sets share: how many runs and incomplete pages they may hold together. Not thread-safe.</summary>
/// <param name="capacity">Most runs and incomplete pages, count; 560 bytes each at most.</param>
public sealed class SegmentBudget(long capacity)
{
    /// <summary>The bound.</summary>
    public long Capacity { get; } = capacity;

    /// <summary>What the sets hold now.</summary>
    public long Used { get; internal set; }

    internal bool HasRoom => Used < Capacity;
}
