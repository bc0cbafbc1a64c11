namespace EventSourcing.Till.Sending;

/// <summary>How many sales all groups together may still make. Thread-safe.</summary>
internal sealed class SaleQuota
{
    private readonly Lock _gate = new();
    private readonly bool _isEndless;
    private long _left;

    /// <param name="count">Sales; 0 for no end.</param>
    public SaleQuota(long count) => (_isEndless, _left) = (count == 0, count);

    /// <summary>Takes up to so many; how many were left.</summary>
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
