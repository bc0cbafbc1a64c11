using Microsoft.Extensions.Time.Testing;

namespace EventSourcing.Simulation.Tests;

public sealed class PaceTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void TakeAsync_OneByOne_SpreadsEvenly()
    {
        var pace = new Pace(10, _time);
        Assert.True(pace.TakeAsync(1, Stop).IsCompleted);

        var second = pace.TakeAsync(1, Stop);
        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(second.IsCompleted);
    }

    [Fact]
    public void TakeAsync_SeveralAtOnce_WaitsForTheLast()
    {
        var pace = new Pace(10, _time);

        var three = pace.TakeAsync(3, Stop);
        _time.Advance(TimeSpan.FromMilliseconds(199));
        Assert.False(three.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(three.IsCompleted);
    }

    [Fact]
    public void TakeAsync_AfterAHoldUp_MakesUpForOneSecondOnly()
    {
        var pace = new Pace(10, _time);
        _time.Advance(TimeSpan.FromMinutes(1));

        var taken = 0;
        while (pace.TakeAsync(1, Stop).IsCompleted)
            taken++;

        Assert.Equal(11, taken);
    }

    [Fact]
    public async Task TakeAsync_AfterTheStop_IsCancelledEvenWhenDue()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Pace(10, _time).TakeAsync(1, stop.Token));
    }

    [Fact]
    public void TakeDue_InManySmallSteps_KeepsTheRate()
    {
        var pace = new Pace(300, _time);
        var taken = 0;

        for (var i = 0; i < 1_000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(7));
            taken += pace.TakeDue(100);
        }

        Assert.Equal(2_100, taken, tolerance: 1);
    }

    [Fact]
    public void TakeDue_AfterALongPause_MakesUpForOneSecondOnly()
    {
        var pace = new Pace(300, _time);
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal([200, 101, 0], Enumerable.Range(0, 3).Select(_ => pace.TakeDue(200)));
    }
}
