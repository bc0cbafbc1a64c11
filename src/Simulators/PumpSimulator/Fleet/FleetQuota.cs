namespace EventSourcing.PumpSimulator.Fleet;

/// <summary>How many readings the fleet may still send. Thread-safe.</summary>
/// <param name="count">Readings in all; 0 for no end.</param>
internal sealed class FleetQuota(long count)
{
    private long _left = count > 0 ? count : long.MaxValue;

    /// <summary>Takes up to <paramref name="wanted"/>; 0 when nothing is left.</summary>
    public int Take(int wanted)
    {
        while (true)
        {
            var left = Volatile.Read(ref _left);
            var taken = (int)Math.Min(wanted, left);
            if (taken == 0 || Interlocked.CompareExchange(ref _left, left - taken, left) == left)
                return taken;
        }
    }
}
