using EventSourcing.PumpSimulator.Cli;
using EventSourcing.PumpSimulator.Compat;
using EventSourcing.PumpSimulator.Model;

namespace EventSourcing.PumpSimulator.Tests.Cli;

public sealed class PositionalRunTests
{
    private static readonly Dictionary<string, string> NoSettings = [];

    [Fact]
    public void AllEightArguments_AreUsed()
    {
        var run = PositionalRun.Parse(["asset-topic", "h:9092", "event", "TDrop", "increase", "2000", "4", "pumpDAL01"], compat: false, NoSettings);

        Assert.Equal(("asset-topic", "h:9092", true), (run.Topic, run.Brokers, run.IsEvents));
        Assert.Equal((MetricPattern.TDrop, MetricTrend.Increase), (run.Pattern, run.Trend));
        Assert.Equal((TimeSpan.FromSeconds(2), 4, "pumpDAL01"), (run.Frequency, run.Count, run.Pump));
    }

    [Theory]
    [InlineData]
    [InlineData("t")]
    [InlineData("t", "b")]
    public void FewerThanThreeArguments_AreFiveAssets(params string[] arguments)
    {
        var run = PositionalRun.Parse(arguments, compat: true, NoSettings);

        Assert.Equal((false, 5), (run.IsEvents, run.Count));
    }

    [Fact]
    public void MissingEventArguments_HaveDefaults()
    {
        var run = PositionalRun.Parse(["t", "b", "--event"], compat: false, NoSettings);

        Assert.Equal((MetricPattern.Constant, MetricTrend.Decrease, TimeSpan.FromMinutes(1), 10, "ND01"), (run.Pattern, run.Trend, run.Frequency, run.Count, run.Pump));
    }

    [Fact]
    public void MissingEventArguments_WithCompat_AreAnErrorAsInTheOriginal() =>
        Assert.Throws<ArgumentException>(() => PositionalRun.Parse(["t", "b", "event", "TDrop"], compat: true, NoSettings));

    [Theory]
    [InlineData("t b event XDrop", "pattern 'XDrop'")]
    [InlineData("t b event 1", "pattern '1'")]
    [InlineData("t b event TDrop sideways", "trend 'sideways'")]
    [InlineData("t b event TDrop increase soon", "frequency (ms)")]
    [InlineData("t b event TDrop increase 10 0", "number of events")]
    [InlineData("t b many", "number of assets")]
    [InlineData("t b 0", "number of assets")]
    public void WrongArgument_IsNamed(string line, string named)
    {
        var error = Assert.Throws<ArgumentException>(() => PositionalRun.Parse(line.Split(' '), compat: false, NoSettings));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownPattern_WithCompat_IsConstant() =>
        Assert.Equal(MetricPattern.Constant, PositionalRun.Parse("t b event preassure_play increase 1 1 p".Split(' '), compat: true, NoSettings).Pattern);

    [Fact]
    public void PropertiesFile_GivesWhatIsNotOnTheCommandLine()
    {
        var settings = Properties.Parse(["# comment", "kafka.bootstrap.servers = h:1", "kafka.asset.topic.name=other", "", "pump.event.number=3"]);

        var run = PositionalRun.Parse([], compat: true, settings);

        Assert.Equal(("other", "h:1"), (run.Topic, run.Brokers));
        Assert.Equal("3", settings["pump.event.number"]);
    }
}
