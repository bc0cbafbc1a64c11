namespace EventSourcing.Firehose.Sending;

/// <summary>Spreads posts evenly over time, for all networks together; after a hold-up it catches up at most one second's worth. Thread-safe.</summary>
internal sealed class Pace(double perSecond, TimeProvider time)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _next = time.GetUtcNow();

    /// <summary>Waits until what was taken before is due.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public Task TakeAsync(int count, CancellationToken stop)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_next < now - TimeSpan.FromSeconds(1))
                _next = now - TimeSpan.FromSeconds(1);
            _next += TimeSpan.FromSeconds(count / perSecond);
            wait = _next - now;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, time, stop) : Task.CompletedTask;
    }
}
