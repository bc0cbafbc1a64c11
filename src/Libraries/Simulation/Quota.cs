namespace EventSourcing.Simulation;

/// <summary>How many events all senders of a run together may still make. Thread-safe.</summary>
/// <param name="count">Events; 0 for no end.</param>
public sealed class Quota(long count)
{
    private readonly Lock _gate = new();
    private readonly bool _isEndless = count == 0;
    private long _left = count;

    /// <summary>All are taken; never so without an end.</summary>
    public bool IsUsedUp
    {
        get
        {
            lock (_gate)
                return !_isEndless && _left <= 0;
        }
    }

    /// <summary>Takes up to <paramref name="wanted"/> events.</summary>
    /// <returns>How many were taken; 0 when none is left.</returns>
    public int Take(int wanted)
    {
        if (_isEndless)
            return wanted;
        lock (_gate)
        {
            var taken = (int)Math.Min(wanted, _left);
            _left -= taken;
            return taken;
        }
    }
}
