using System.Net;
using System.Threading.Channels;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Mqtt;
using EventSourcing.TestKit;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EventSourcing.CloudEvents.Tests.Mqtt;

/// <summary>Through a broker over a socket, in MQTT 5 and 3.1.1.</summary>
public sealed class MqttWireTests : IAsyncLifetime
{
    private readonly int _port = FreePort.Next();
    private readonly Channel<MqttApplicationMessage> _received = Channel.CreateUnbounded<MqttApplicationMessage>();
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly MqttServer _broker;

    public MqttWireTests() => _broker = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
        .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None)
        .WithDefaultEndpointPort(_port).Build());

    public async ValueTask InitializeAsync() => await _broker.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _broker.StopAsync();
        _broker.Dispose();
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V500, ContentMode.Binary, "MQTT 5 binary")]
    [InlineData(MqttProtocolVersion.V500, ContentMode.Structured, "MQTT 5 structured")]
    [InlineData(MqttProtocolVersion.V311, ContentMode.Structured, "MQTT 3.1.1")]
    public async Task Events_Published_ArriveEqual(MqttProtocolVersion version, ContentMode mode, string binding)
    {
        var stop = TestContext.Current.CancellationToken;
        await ConnectAsync(version, stop);

        foreach (var cloudEvent in EventGen.Some(100))
        {
            var message = new MqttApplicationMessageBuilder().WithTopic("events").WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                .WithCloudEvent(cloudEvent, mode, version).Build();
            await _client.PublishAsync(message, stop);

            var actual = await _received.Reader.ReadAsync(stop).AsTask().WaitAsync(Eventually.DefaultTimeout, stop);
            EventAssert.Equal(RoundTripTests.Expected(cloudEvent, binding), actual.ToCloudEvent(EventGen.Known));
        }
    }

    private async Task ConnectAsync(MqttProtocolVersion version, CancellationToken stop)
    {
        _client.ApplicationMessageReceivedAsync += received => _received.Writer.WriteAsync(received.ApplicationMessage).AsTask();
        await _client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _port).WithProtocolVersion(version).Build(), stop);
        await _client.SubscribeAsync("events", MqttQualityOfServiceLevel.AtLeastOnce, stop);
    }
}
