using EventSourcing.SensorIngest.Mqtt;
using Microsoft.Extensions.Configuration;

namespace EventSourcing.SensorIngest.Tests.Mqtt;

public sealed class MqttAddressTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("127.0.0.1:1883")]
    [InlineData("http://127.0.0.1")]
    public void Address_ThatIsNone_IsAnErrorThatSaysWhatToSet(string? text)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:mqtt"] = text }).Build();

        var error = Assert.Throws<InvalidOperationException>(() => new MqttAddress(configuration));

        Assert.Contains("mqtt://host:port", error.Message, StringComparison.Ordinal);
    }
}
