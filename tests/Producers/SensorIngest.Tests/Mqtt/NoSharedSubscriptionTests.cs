using EventSourcing.SensorIngest.Tests.Support;
using EventSourcing.TestKit;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EventSourcing.SensorIngest.Tests.Mqtt;

public sealed class NoSharedSubscriptionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BrokerWithoutSharedSubscriptions_OneReplicaHasTheLanes_TheOtherTakesOver()
    {
        var port = FreePort.Next();
        using var server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(System.Net.IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(System.Net.IPAddress.None)
            .WithDefaultEndpointPort(port).WithPersistentSessions().WithMaxPendingMessagesPerClient(10_000).Build());
        await server.StartAsync();
        await using var rig = await Rig.StartWithoutMqttAsync(Stop);
        (string, string)[] settings = [("Mqtt:Enabled", "true"), ("ConnectionStrings:mqtt", $"mqtt://127.0.0.1:{port}"), ("Mqtt:TakeoverAfter", "00:00:01")];
        var first = await rig.StartIngestAsync(Stop, settings);
        var second = await rig.StartIngestAsync(Stop, settings);
        await Rig.RegisterAsync(second, Stop, "d1");

        await PublishAsync(port, "a", 50);
        await rig.ReadAsync("sensor-readings", 50, Stop);
        await first.DisposeAsync();
        await PublishAsync(port, "b", 50);
        var records = await rig.ReadAsync("sensor-readings", 100, Stop);

        Assert.Equal([.. Lines.IdsOf("a", 50), .. Lines.IdsOf("b", 50)], records.Select(record => record.Id));
    }

    private static async Task PublishAsync(int port, string prefix, int count)
    {
        using var device = new MqttClientFactory().CreateMqttClient();
        await device.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId("device").Build(), Stop);
        foreach (var line in Lines.Of(prefix, count).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            await device.PublishAsync(
                new MqttApplicationMessageBuilder().WithTopic("sensors/d1/readings").WithPayload(line)
                    .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(),
                Stop);
        }

        await device.DisconnectAsync(new MqttClientDisconnectOptions(), Stop);
    }
}
