using EventSourcing.PumpSimulator.Events;
using EventSourcing.PumpSimulator.Model;
using EventSourcing.TestKit;

namespace EventSourcing.PumpSimulator.Tests.Model;

public sealed class PumpFileTests
{
    [Fact]
    public void BundledFile_HasTheSixPumps_EachAtAPlace()
    {
        var pumps = PumpFile.Load(PumpFile.DefaultPath);

        Assert.Equal(["HOU-01", "DAL01", "LA03", "LA04", "LA05", "ND04"], pumps.Select(pump => pump.Id));
        Assert.All(pumps, pump => Assert.NotNull(PumpDevice.LocationOf(pump)));
    }

    [Fact]
    public void MemberThatComesTwice_CountsAsItComesLast()
    {
        using var folder = new TempFolder("pumps");
        File.WriteAllText(folder.File("pumps.json"), """[{"id":"HOU-01","flowRate":10,"pressure":1,"flowRate":40}]""");

        Assert.Equal(40, Assert.Single(PumpFile.Load(folder.File("pumps.json"))).FlowRate);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[{\"os\":\"none\"}]")]
    [InlineData("null")]
    public void WrongFile_IsNamedInTheError(string content)
    {
        using var folder = new TempFolder("pumps");
        File.WriteAllText(folder.File("pumps.json"), content);

        Assert.Contains("pumps.json", Assert.Throws<InvalidDataException>(() => PumpFile.Load(folder.File("pumps.json"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GeneratedAsset_StaysWithinTheOriginalsRanges()
    {
        var random = new Random(1);

        Assert.All(Enumerable.Range(0, 1_000), i =>
        {
            var asset = PumpAsset.Generate(random, i, DateTimeOffset.UnixEpoch);
            Assert.InRange(asset.Rotation, 0, 359);
            Assert.InRange(asset.Current, 10, 119);
            Assert.InRange(asset.Pressure, 0, 999);
            Assert.InRange(asset.FlowRate, 0, 99);
            Assert.InRange(asset.Temperature, 0, 299);
            Assert.Equal(4, Guid.Parse(asset.Id).Version);
        });
    }
}
