using EventSourcing.PumpSimulator.Fleet;
using Microsoft.Extensions.Time.Testing;

namespace EventSourcing.PumpSimulator.Tests.Fleet;

public sealed class PaceTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Events_AreSpreadEvenly()
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
    public void AfterAHoldUp_AtMostASecondIsCaughtUp()
    {
        var pace = new Pace(10, _time);
        _time.Advance(TimeSpan.FromMinutes(1));

        var taken = 0;
        while (pace.TakeAsync(1, Stop).IsCompleted)
            taken++;

        Assert.Equal(11, taken);
    }

    [Fact]
    public void Quota_IsNeverExceeded()
    {
        var quota = new FleetQuota(10);

        Assert.Equal([8, 2, 0], [quota.Take(8), quota.Take(8), quota.Take(8)]);
        Assert.Equal(8, new FleetQuota(0).Take(8));
    }
}
