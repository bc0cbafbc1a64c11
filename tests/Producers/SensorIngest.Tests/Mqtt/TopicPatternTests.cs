using EventSourcing.SensorIngest.Mqtt;

namespace EventSourcing.SensorIngest.Tests.Mqtt;

public sealed class TopicPatternTests
{
    [Theory]
    [InlineData("sensors/+/readings", "sensors/d1/readings", "d1")]
    [InlineData("sensors/+/readings", "sensors//readings", "")]
    [InlineData("sensors/+/readings", "sensors/a/b/readings", null)]
    [InlineData("sensors/+/readings", "sensors/readings", null)]
    [InlineData("sensors/+/readings", "sensors/d1/assets", null)]
    [InlineData("sensors/+/readings", "Sensors/d1/readings", null)]
    [InlineData("+/readings", "d1/readings", "d1")]
    [InlineData("plant/7/+", "plant/7/d1", "d1")]
    [InlineData("sensors/+/readings", "sensors/lane-3/d1/readings", "d1")]
    [InlineData("sensors/+/readings", "sensors/lane-x/d1/readings", null)]
    [InlineData("sensors/+/readings", "sensors/lane-3/d1/x/readings", null)]
    public void Topic_MatchesTheFilter_AsTheBrokerSaysSo(string filter, string topic, string? device)
    {
        var matches = new TopicPattern(filter).TryMatch(topic, out var actual);

        Assert.Equal(device is not null, matches);
        Assert.Equal(device, actual);
    }

    [Fact]
    public void Lane_HasItsOwnFilter_AndLaneZeroTheDevicesThatNameNone()
    {
        var pattern = new TopicPattern("sensors/+/readings");

        Assert.Equal(["sensors/lane-0/+/readings", "sensors/+/readings"], pattern.FiltersOf(0));
        Assert.Equal(["sensors/lane-3/+/readings"], pattern.FiltersOf(3));
    }
}
