namespace EventSourcing.Storefront.Shoppers;

/// <summary>How many events are due at a steady rate. What a slow answer held up is made up for, up to two seconds' worth.</summary>
internal sealed class Pace(double ratePerSecond, TimeProvider clock)
{
    private static readonly TimeSpan Backlog = TimeSpan.FromSeconds(2);
    private long _since = clock.GetTimestamp();
    private double _due;

    /// <summary>Takes what is due now, at most <paramref name="max"/>.</summary>
    public int Take(int max)
    {
        var now = clock.GetTimestamp();
        var elapsed = clock.GetElapsedTime(_since, now);
        _since = now;
        _due = Math.Min(_due + elapsed.TotalSeconds * ratePerSecond, Math.Max(1, Backlog.TotalSeconds * ratePerSecond));
        var taken = (int)Math.Min(_due, max);
        _due -= taken;
        return taken;
    }
}
