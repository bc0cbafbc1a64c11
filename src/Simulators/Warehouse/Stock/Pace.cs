namespace EventSourcing.Warehouse.Stock;

/// <summary>Spreads movements evenly over time; after a hold-up it catches up at most one second's worth.</summary>
internal sealed class Pace(double perSecond, TimeProvider time)
{
    private DateTimeOffset _next = time.GetUtcNow();

    /// <summary>Waits until what was done before is due.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public async Task TakeAsync(int count, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if (_next < now - TimeSpan.FromSeconds(1))
            _next = now - TimeSpan.FromSeconds(1);
        _next += TimeSpan.FromSeconds(count / perSecond);
        if (_next > now)
            await Task.Delay(_next - now, time, stop);
    }
}
