using EventSourcing.Storefront.Shoppers;
using Microsoft.Extensions.Time.Testing;

namespace EventSourcing.Storefront.Tests.Shoppers;

public sealed class PaceTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Take_InManySmallSteps_KeepsTheRate()
    {
        var pace = new Pace(300, _clock);
        var taken = 0;

        for (var i = 0; i < 1_000; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(7));
            taken += pace.Take(100);
        }

        Assert.Equal(2_100, taken, tolerance: 1);
    }

    [Fact]
    public void Take_AfterALongPause_MakesUpForTwoSecondsOnly()
    {
        var pace = new Pace(300, _clock);
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal([200, 200, 200, 0], Enumerable.Range(0, 4).Select(_ => pace.Take(200)));
    }
}
