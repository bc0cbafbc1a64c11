namespace EventSourcing.Firehose.Sending;

/// <summary>How many posts all networks together may still send. Thread-safe.</summary>
/// <param name="count">Posts; 0 for no end.</param>
internal sealed class PostQuota(long count)
{
    private readonly Lock _gate = new();
    private readonly bool _isEndless = count == 0;
    private long _left = count;

    /// <summary>Takes up to <paramref name="wanted"/> posts; 0 when all are taken.</summary>
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
