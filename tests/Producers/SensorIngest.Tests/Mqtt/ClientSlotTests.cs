using EventSourcing.SensorIngest.Mqtt;
using EventSourcing.SensorIngest.Options;
using EventSourcing.TestKit;
using Microsoft.Extensions.Configuration;

namespace EventSourcing.SensorIngest.Tests.Mqtt;

public sealed class ClientSlotTests : IDisposable
{
    private readonly TempFolder _folder = new("slots");
    private readonly MqttAddress _address = new(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:mqtt"] = "mqtt://127.0.0.1:1883" }).Build());

    [Fact]
    public void Replicas_NeverShareASlot_AndARestartFindsTheFreeOne()
    {
        var first = Take();
        using var second = Take();
        Assert.NotEqual(first.ClientId, second.ClientId);

        first.Dispose();
        using var restarted = Take();

        Assert.Equal(first.ClientId, restarted.ClientId);
    }

    [Fact]
    public void ConfiguredClientId_IsTakenVerbatim()
    {
        using var slot = ClientSlot.Take(new MqttSourceOptions { ClientId = "pod-3" }, _address);

        Assert.Equal("pod-3", slot.ClientId);
    }

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

    public void Dispose() => _folder.Dispose();

    private ClientSlot Take() => ClientSlot.Take(new MqttSourceOptions { StateDirectory = _folder.Path }, _address);
}
