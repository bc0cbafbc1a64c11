namespace EventSourcing.LocalKafka.Groups;

/// <summary>One timer of a group, set to the next moment at which something may be due.</summary>
internal sealed class GroupClock : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public GroupClock(TimeProvider time, Action onDue)
    {
        _time = time;
        _timer = time.CreateTimer(static callback => ((Action)callback!)(), onDue, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public DateTimeOffset Now => _time.GetUtcNow();

    public void Arm(DateTimeOffset? due)
    {
        // A millisecond more than needed, so that the timer, which counts in whole ones, never fires before the moment.
        var wait = due is { } moment ? moment - Now + TimeSpan.FromMilliseconds(1) : Timeout.InfiniteTimeSpan;
        _timer.Change(wait < TimeSpan.Zero && due is not null ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();
}
