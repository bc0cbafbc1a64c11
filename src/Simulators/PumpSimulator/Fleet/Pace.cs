namespace EventSourcing.PumpSimulator.Fleet;

/// <summary>Spreads events evenly over time; after a hold-up it catches up at most one second's worth.</summary>
internal sealed class Pace(double perSecond, TimeProvider time)
{
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1 / perSecond);
    private DateTimeOffset _next = time.GetUtcNow();

    /// <summary>Waits until <paramref name="count"/> events are due and takes them.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public async Task TakeAsync(int count, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var now = time.GetUtcNow();
        if (_next < now - TimeSpan.FromSeconds(1))
            _next = now - TimeSpan.FromSeconds(1);
        var due = _next + (_interval * (count - 1));
        _next += _interval * count;
        if (due > now)
            await Task.Delay(due - now, time, stop);
    }
}
