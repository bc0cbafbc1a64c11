namespace EventSourcing.Simulation;

/// <summary>
/// Spreads events evenly over time, for one sender or for many together. The first is due at once; after a hold-up at most one second's worth is made up for.
/// Thread-safe.
/// </summary>
public sealed class Pace
{
    private static readonly TimeSpan LongestArrears = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private DateTimeOffset _next;

    /// <summary>Begins now.</summary>
    /// <param name="perSecond">Events per second, more than 0.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="perSecond"/> is 0, less, or no number.</exception>
    public Pace(double perSecond, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perSecond);
        ArgumentNullException.ThrowIfNull(time);
        (_interval, _time, _next) = (TimeSpan.FromSeconds(1 / perSecond), time, time.GetUtcNow());
    }

    /// <summary>Takes events and waits until the last of them is due.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public Task TakeAsync(int count, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
            return Task.FromCanceled(stop);
        TimeSpan wait;
        lock (_gate)
        {
            var now = ForgetOldArrears();
            wait = _next + (_interval * (count - 1)) - now;
            _next += _interval * count;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, _time, stop) : Task.CompletedTask;
    }

    /// <summary>Takes what is due now, without waiting.</summary>
    /// <param name="max">The most to take, at least 0.</param>
    /// <returns>How many were taken.</returns>
    public int TakeDue(int max)
    {
        lock (_gate)
        {
            var now = ForgetOldArrears();
            if (_next > now)
                return 0;
            var taken = (int)Math.Min(Math.Floor((now - _next) / _interval) + 1, max);
            _next += _interval * taken;
            return taken;
        }
    }

    private DateTimeOffset ForgetOldArrears()
    {
        var now = _time.GetUtcNow();
        if (_next < now - LongestArrears)
            _next = now - LongestArrears;
        return now;
    }
}
