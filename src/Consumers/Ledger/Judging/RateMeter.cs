namespace EventSourcing.Ledger;

/// <summary>Records per second over the last five whole seconds, in eight counters.</summary>
internal sealed class RateMeter
{
    private const int Slots = 8;
    private const int Window = 5;

    private readonly int[] _counts = new int[Slots];
    private long _second;

    public void Mark(DateTimeOffset now)
    {
        Forward(now);
        _counts[_second & (Slots - 1)]++;
    }

    public double PerSecond(DateTimeOffset now)
    {
        Forward(now);
        var sum = 0;
        for (var back = 1; back <= Window; back++)
            sum += _counts[(_second - back) & (Slots - 1)];
        return (double)sum / Window;
    }

    private void Forward(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        if (second - _second >= Slots)
            Array.Clear(_counts);
        else
            for (var passed = _second + 1; passed <= second; passed++)
                _counts[passed & (Slots - 1)] = 0;
        _second = Math.Max(_second, second);
    }
}
