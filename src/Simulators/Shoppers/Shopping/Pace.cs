namespace EventSourcing.Shoppers.Shopping;

/// <summary>Spreads commands evenly over time; after a hold-up it catches up at most one second's worth.</summary>
internal sealed class Pace(double perSecond, TimeProvider time)
{
    private DateTimeOffset _next = time.GetUtcNow();

    /// <summary>Waits until the next command is due.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public async Task TakeAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if (_next < now - TimeSpan.FromSeconds(1))
            _next = now - TimeSpan.FromSeconds(1);
        _next += TimeSpan.FromSeconds(1 / perSecond);
        if (_next > now)
            await Task.Delay(_next - now, time, stop);
    }
}
