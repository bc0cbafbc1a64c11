using CloudNative.CloudEvents;

namespace EventSourcing.HttpIntake.Tests;

public sealed class ClientTimeTests
{
    private static readonly DateTimeOffset Received = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly ClientTime _clientTime = new(TimeSpan.FromSeconds(5));

    [Theory]
    // time and senttime as seconds against the reception; what time becomes, and whether the original is kept
    [InlineData(-10.0, -1.0, -10.0, false)]       // network delay
    [InlineData(-10.0, null, -10.0, false)]       // an event that waited offline
    [InlineData(-3_610.0, -3_600.0, -10.0, true)] // clock an hour slow
    [InlineData(3_590.0, 3_600.0, -10.0, true)]   // clock an hour fast
    [InlineData(4.0, null, 4.0, false)]           // within the tolerance
    [InlineData(7_200.0, null, 0.0, true)]        // from the future, and no senttime to tell by how much
    [InlineData(3_700.0, 3_600.0, 0.0, true)]     // later than it was sent
    public void Time_OfAClientClock_IsCorrectedBeyondTheTolerance(double time, double? sent, double expected, bool corrected)
    {
        var cloudEvent = At(Received.AddSeconds(time));

        _clientTime.Correct(cloudEvent, sent is { } seconds ? Received.AddSeconds(seconds) : null, Received);

        Assert.Equal(Received.AddSeconds(expected), cloudEvent.Time);
        Assert.Equal(corrected ? Received.AddSeconds(time) : null, cloudEvent[ClientTime.OriginalTime] as DateTimeOffset?);
    }

    [Fact]
    public void Time_Missing_IsTheReception()
    {
        var cloudEvent = At(null);

        _clientTime.Correct(cloudEvent, null, Received);

        Assert.Equal((Received, null), (cloudEvent.Time, cloudEvent[ClientTime.OriginalTime]));
    }

    [Fact]
    public void Time_AtTheEndOfTheCalendar_IsClamped()
    {
        var late = At(DateTimeOffset.MaxValue);
        var early = At(DateTimeOffset.MinValue);

        _clientTime.Correct(late, DateTimeOffset.MinValue, Received);
        _clientTime.Correct(early, DateTimeOffset.MaxValue, Received);

        Assert.Equal((Received, DateTimeOffset.MinValue), (late.Time, early.Time));
    }

    private static CloudEvent At(DateTimeOffset? time) => new(CloudEventsSpecVersion.V1_0)
    {
        Id = "1",
        Source = new Uri("/clock", UriKind.Relative),
        Type = "io.eventsourcing.clock.v1",
        Time = time,
    };
}
