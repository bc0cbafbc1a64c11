namespace EventSourcing.Phones.Sending;

/// <summary>How many events all phones together may still send. Thread-safe.</summary>
/// <param name="count">Events; 0 for no end.</param>
internal sealed class EventQuota(long count)
{
    private readonly Lock _gate = new();
    private readonly bool _isEndless = count == 0;
    private long _left = count;

    /// <summary>Takes up to <paramref name="wanted"/> events; 0 when all are taken.</summary>
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
