using EventSourcing.PumpSimulator.Model;

namespace EventSourcing.PumpSimulator.Tests.Model;

public sealed class PumpDataFileTests
{
    private const string Header = "pump_id, pressure, temperature, frequency, current";

    [Fact]
    public void Line_AsTheOriginalWritesIt_KeepsItsFigures()
    {
        var data = PumpDataFile.Parse([Header, "pump-419 , 105.103 , 141.467,35.729,-0.250"], "test");

        Assert.Equal(new PumpReading(105.103m, 141.467m, 35.729m, -0.250m), Assert.Single(data["pump-419"]));
    }

    [Fact]
    public void LinesWithoutText_AreLeftOut()
    {
        var data = PumpDataFile.Parse([Header, "", "p,1,2,3,4", "\u200b", "  ", "p,5,6,7,8"], "test");

        Assert.Equal([1m, 5m], data["p"].Select(reading => reading.Pressure));
    }

    [Theory]
    [InlineData("p,1,2,3")]
    [InlineData("p,1,2,3,4,5")]
    [InlineData("p,1,2,3,x")]
    [InlineData("p,1,2,3,NaN")]
    [InlineData(",1,2,3,4")]
    public void WrongLine_IsNamedWithItsNumber(string line)
    {
        var error = Assert.Throws<InvalidDataException>(() => PumpDataFile.Parse([Header, "p,1,2,3,4", line], "test.csv"));

        Assert.StartsWith("test.csv, line 3:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FileWithoutReadings_IsAnError() => Assert.Throws<InvalidDataException>(() => PumpDataFile.Parse([Header], "test.csv"));

    [Fact]
    public void BundledExcerpt_HasTwoHundredReadingsOfFivePumps_AndItsLicence()
    {
        var data = PumpDataFile.Load(PumpDataFile.DefaultPath);

        Assert.Equal(["pump-253", "pump-419", "pump-494", "pump-498", "pump-663"], data.Keys);
        Assert.Equal(200, data.Values.Sum(readings => readings.Count));
        var folder = Path.GetDirectoryName(PumpDataFile.DefaultPath)!;
        Assert.Contains("Apache License", File.ReadAllText(Path.Combine(folder, "LICENSE")), StringComparison.Ordinal);
        Assert.Contains("refarch-asset-analytics", File.ReadAllText(Path.Combine(folder, "NOTICE")), StringComparison.Ordinal);
    }
}
