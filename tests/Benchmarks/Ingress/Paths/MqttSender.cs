using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>An MQTT 5 connection that publishes with QoS 1.</summary>
internal sealed class MqttSender : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    private MqttSender()
    {
    }

    public static async Task<MqttSender> ConnectAsync(Uri broker, CancellationToken stop)
    {
        var sender = new MqttSender();
        await sender._client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer(broker.Host, broker.Port).WithProtocolVersion(MqttProtocolVersion.V500).Build(), stop);
        return sender;
    }

    /// <summary>Publishes and waits for PUBACK.</summary>
    /// <exception cref="InvalidOperationException">The broker refused the message, or nobody subscribes to its topic.</exception>
    public async Task SendAsync(string topic, byte[] payload, CancellationToken stop)
    {
        var answer = await _client.PublishAsync(
            new MqttApplicationMessage { Topic = topic, PayloadSegment = payload, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }, stop);
        if (answer.ReasonCode != MqttClientPublishReasonCode.Success)
        {
            throw new InvalidOperationException($"{topic}: {answer.ReasonCode} {answer.ReasonString}");
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
