using EventSourcing.PostgresCdc.Positions;

namespace EventSourcing.PostgresCdc.Publishing;

/// <summary>
/// After an unclean end: what the topics hold is known and not published again. A record that the ended process had sent may still be on its way, so the first
/// changes that are not found, as many as a window holds and no newer than this start, are marked.
/// </summary>
internal sealed class Redelivery(TailState tail, bool isUnclean, ulong startLsn, int window)
{
    private int _left = isUnclean ? window : 0;

    /// <summary>What the topics hold.</summary>
    public TailState Tail => tail;

    /// <summary>The next change of this place in the log is to be marked.</summary>
    public bool TakeMark(ulong lsn) => Volatile.Read(ref _left) > 0 && lsn <= startLsn && Interlocked.Decrement(ref _left) >= 0;
}
