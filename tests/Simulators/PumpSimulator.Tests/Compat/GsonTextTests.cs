using EventSourcing.PumpSimulator.Compat;
using EventSourcing.PumpSimulator.Model;

namespace EventSourcing.PumpSimulator.Tests.Compat;

public sealed class GsonTextTests
{
    [Theory]
    [InlineData(19, 36, 28, "Nov 23, 2026 7:36:28 PM")]
    [InlineData(0, 5, 9, "Nov 23, 2026 12:05:09 AM")]
    [InlineData(12, 0, 0, "Nov 23, 2026 12:00:00 PM")]
    public void Metric_HasTheOriginalsMembersOrderAndDate(int hour, int minute, int second, string date) => Assert.Equal(
        $$"""{"assetId":"pumpDAL01","rotation":0,"current":110,"pressure":100,"flowRate":100,"temperature":60,"timeStamp":"{{date}}"}""",
        GsonText.Metric("pumpDAL01", Metrics.OriginalBase, new DateTimeOffset(2026, 11, 23, hour, minute, second, TimeSpan.Zero)));

    [Theory]
    [InlineData(0, "2026-11-23T19:36:28Z")]
    [InlineData(5.5, "2026-11-23T19:36:28+05")]
    [InlineData(-6, "2026-11-23T19:36:28-06")]
    public void Asset_HasTheOriginalsMembersOrderAndDate(double offset, string date)
    {
        var asset = new PumpAsset
        {
            Id = "HOU-01",
            Os = "Raspbian",
            Version = "0.0.1",
            Type = "ESP",
            IpAddress = "172.16.0.1",
            Antivirus = "v2.3",
            Rotation = 1,
            Current = 2,
            Pressure = 3,
            FlowRate = 4,
            Temperature = 5,
            Latitude = "30.307182",
            Longitude = "-97.755996",
            CreationDate = new DateTimeOffset(2026, 11, 23, 19, 36, 28, TimeSpan.FromHours(offset)),
        };

        Assert.Equal(
            """{"id":"HOU-01","os":"Raspbian","version":"0.0.1","type":"ESP","ipAddress":"172.16.0.1","antivirus":"v2.3","rotation":1,"current":2,"""
            + """ "pressure":3,"flowRate":4,"temperature":5,"riskRating":-1,"latitude":"30.307182","longitude":"-97.755996","creationDate":"DATE"}"""
                .TrimStart().Replace("DATE", date, StringComparison.Ordinal),
            GsonText.Asset(asset));
    }

    [Fact]
    public void Text_IsEscapedAsGsonDoes_AndNullsAreLeftOut()
    {
        var text = GsonText.Asset(new PumpAsset { Id = "<a='b'>&\"\\\n\u0001é" });

        Assert.StartsWith("""{"id":"\u003ca\u003d\u0027b\u0027\u003e\u0026\"\\\n\u0001é","rotation":0""", text, StringComparison.Ordinal);
    }
}
