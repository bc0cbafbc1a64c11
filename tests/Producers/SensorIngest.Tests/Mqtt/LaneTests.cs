using EventSourcing.SensorIngest.Mqtt;
using EventSourcing.SensorIngest.Options;
using EventSourcing.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace EventSourcing.SensorIngest.Tests.Mqtt;

public sealed class LaneTests : IDisposable
{
    private readonly TempFolder _folder = new("lanes");
    private readonly FakeTimeProvider _time = new();
    private readonly MqttAddress _address = new(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:mqtt"] = "mqtt://127.0.0.1:1883" }).Build());

    [Fact]
    public void TwoReplicas_TakeTheirShares_AndNoLaneTwice()
    {
        var first = Chooser(2).Take();
        var second = Chooser(2).Take();

        Assert.Equal([0, 1], first.Select(lane => lane.Number));
        Assert.Equal([2, 3], second.Select(lane => lane.Number));
        Assert.All(first.Concat(second), lane => lane.Dispose());
    }

    [Fact]
    public void RestartedReplica_FindsItsLanesAgain_WithTheirSessions()
    {
        var before = Chooser(2).Take();
        var others = Chooser(2).Take();
        Assert.All(before, lane => lane.Dispose());

        var after = Chooser(2).Take();

        Assert.Equal(before.Select(lane => lane.ClientId), after.Select(lane => lane.ClientId));
        Assert.All(after.Concat(others), lane => lane.Dispose());
    }

    [Fact]
    public void FreeLane_IsTakenBeyondTheShare_OnlyAfterTheTakeoverTime()
    {
        var chooser = Chooser(2);
        var own = chooser.Take();
        Assert.Empty(chooser.Take());
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(chooser.Take());

        _time.Advance(TimeSpan.FromSeconds(1));
        var taken = chooser.Take();

        Assert.Equal([2, 3], taken.Select(lane => lane.Number));
        Assert.All(own.Concat(taken), lane => lane.Dispose());
    }

    [Fact]
    public void OnlyLanes_AreTheOnesThatThisMachineTakes()
    {
        var lanes = Chooser(64, 1, 3).Take();

        Assert.Equal([1, 3], lanes.Select(lane => lane.Number));
        Assert.All(lanes, lane => lane.Dispose());
    }

    public void Dispose() => _folder.Dispose();

    private LaneChooser Chooser(int lanesPerReplica, params int[] onlyLanes)
    {
        var options = new MqttSourceOptions { StateDirectory = _folder.Path, LanesPerReplica = lanesPerReplica, OnlyLanes = onlyLanes };
        return new LaneChooser(options, lane => Lane.TryTake(options, _address, lane), _time);
    }
}
