using System.Diagnostics;
using System.Text;
using EventSourcing.CloudEvents.Mqtt;
using EventSourcing.PumpSimulator.Events;
using EventSourcing.PumpSimulator.Options;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EventSourcing.PumpSimulator.Sending;

/// <summary>
/// MQTT 5, QoS 1, one connection per device. PUBACK means that the broker has the message and a persistent session to deliver it to:
/// <see cref="AnswerKind.Spooled"/>. "No matching subscribers" means that nobody has it.
/// </summary>
internal sealed class MqttTransport(string clientId, Uri broker, MqttWayOptions options, Tracing tracing) : IPumpTransport
{
    private const int DefaultPort = 1883;

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly MqttClientOptions _clientOptions = new MqttClientOptionsBuilder()
        .WithTcpServer(broker.Host, broker.Port > 0 ? broker.Port : DefaultPort)
        .WithProtocolVersion(MqttProtocolVersion.V500)
        .WithClientId(clientId)
        .WithTimeout(options.Timeout)
        .Build();

    /// <inheritdoc/>
    public int Window => options.Window;

    /// <inheritdoc/>
    public bool IsDirect => false;

    /// <inheritdoc/>
    public async Task<Answer[]> SendAsync(IReadOnlyList<PumpMessage> messages, CancellationToken giveUp)
    {
        if (await ConnectAsync(giveUp) is { } problem)
            return [.. messages.Select(_ => new Answer(AnswerKind.NotTaken, problem))];
        return await Task.WhenAll(messages.Select(message => PublishAsync(message, giveUp)));     // written in this order, answered as PUBACKs come
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_client.IsConnected)
                await _client.DisconnectAsync(new MqttClientDisconnectOptions());
        }
        catch (Exception gone) when (gone is MqttCommunicationException or OperationCanceledException or InvalidOperationException)
        {
            // The connection ended by itself a moment before.
        }

        _client.Dispose();
    }

    private async Task<string?> ConnectAsync(CancellationToken giveUp)
    {
        if (_client.IsConnected)
            return null;
        try
        {
            var result = await _client.ConnectAsync(_clientOptions, giveUp);
            return result.ResultCode == MqttClientConnectResultCode.Success ? null : $"{broker}: {result.ResultCode} {result.ReasonString}";
        }
        catch (Exception failed) when (IsTransient(failed, giveUp))
        {
            return $"{broker}: {failed.GetBaseException().Message}";
        }
    }

    private async Task<Answer> PublishAsync(PumpMessage message, CancellationToken giveUp)
    {
        var suffix = message.Kind == PumpEventKind.Reading ? options.ReadingsSuffix : options.AssetsSuffix;
        var topic = $"{options.TopicPrefix}/{Lane(message.Device)}{message.Device}/{suffix}";
        using var span = tracing.StartSend($"{options.TopicPrefix}/+/{suffix}", "mqtt", topic);
        try
        {
            var result = await _client.PublishAsync(Build(message, topic, span), giveUp);
            return result.ReasonCode switch
            {
                MqttClientPublishReasonCode.Success => new(AnswerKind.Spooled, $"acknowledged by {broker}"),
                MqttClientPublishReasonCode.NoMatchingSubscribers => new(AnswerKind.NotTaken, "nobody subscribes to the topic"),
                MqttClientPublishReasonCode.QuotaExceeded => new(AnswerKind.NotTaken, "the broker's quota is exceeded"),
                var refused => new(AnswerKind.Rejected, $"{refused} {result.ReasonString}"),
            };
        }
        catch (MqttClientNotConnectedException notSent)
        {
            return new(AnswerKind.NotTaken, notSent.Message);
        }
        catch (Exception lost) when (IsTransient(lost, giveUp))
        {
            return new(AnswerKind.Unknown, lost.Message);
        }
    }

    // The same lane in every run and on every machine: a device's messages must not change theirs, or they could overtake each other.
    private string Lane(string device) => options.Lanes == 0
        ? ""
        : $"lane-{device.Aggregate(0u, static (hash, character) => unchecked((hash * 31) + character)) % (uint)options.Lanes}/";

    private static MqttApplicationMessage Build(PumpMessage message, string topic, Activity? span)
    {
        var builder = new MqttApplicationMessageBuilder()
            .WithTopic(topic)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithCloudEvent(message.Event);
        if (span?.Id is { } traceParent)
            builder.WithUserProperty("traceparent", Encoding.ASCII.GetBytes(traceParent).AsMemory());
        if (message.MayHaveBeenSent)
            builder.WithUserProperty("redelivery", "possible-duplicate"u8.ToArray().AsMemory());
        return builder.Build();
    }

    private static bool IsTransient(Exception exception, CancellationToken giveUp) =>
        exception is MqttCommunicationException or TimeoutException or InvalidOperationException or IOException
        || (exception is OperationCanceledException && !giveUp.IsCancellationRequested);
}
