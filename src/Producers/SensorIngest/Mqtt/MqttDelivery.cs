using System.Buffers;
using EventSourcing.EventBackbone;
using EventSourcing.SensorIngest.Intake;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>
/// One received message, copied out of the client's buffers, and its acknowledgement. Its outcome arrives on any thread; the
/// acknowledgement is sent by the connection's own loop, in arrival order.
/// </summary>
internal sealed class MqttDelivery : IIntakeOutcome
{
    private readonly MqttApplicationMessageReceivedEventArgs _received;
    private readonly Action<MqttDelivery, Receipt> _completed;
    private volatile DeliveryState _state;

    /// <summary>Copies the message, at most <paramref name="maxPayloadBytes"/> of its payload.</summary>
    public MqttDelivery(MqttApplicationMessageReceivedEventArgs received, int maxPayloadBytes, Action<MqttDelivery, Receipt> completed)
    {
        (_received, _completed) = (received, completed);
        var message = received.ApplicationMessage;
        PayloadLength = message.Payload.Length;
        Payload = message.Payload.Slice(0, Math.Min(maxPayloadBytes, PayloadLength)).ToArray();
        Message = new MqttApplicationMessage
        {
            Topic = message.Topic,
            ContentType = message.ContentType,
            Payload = new ReadOnlySequence<byte>(Payload),
            QualityOfServiceLevel = message.QualityOfServiceLevel,
            Dup = message.Dup,
            Retain = message.Retain,
            UserProperties = message.UserProperties?.ConvertAll(static p => new MqttUserProperty(p.Name, p.ValueBuffer.ToArray())),
        };
    }

    /// <summary>The copy.</summary>
    public MqttApplicationMessage Message { get; }

    /// <summary>The payload, or the first part of one that is too large.</summary>
    public byte[] Payload { get; }

    /// <summary>Bytes of the payload as it came.</summary>
    public long PayloadLength { get; }

    /// <summary>True when only a part of the payload was copied.</summary>
    public bool IsTruncated => PayloadLength > Payload.Length;

    /// <summary>QoS 0 knows no acknowledgement and no second chance.</summary>
    public bool IsAcknowledged => Message.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce;

    /// <summary>What is to be done with it.</summary>
    public DeliveryState State => _state;

    /// <summary>Why the delivery failed; set before <see cref="DeliveryState.Failed"/>.</summary>
    public Rejection? Failure { get; private set; }

    /// <inheritdoc/>
    public void Complete(Receipt receipt) => _completed(this, receipt);

    /// <summary>The broker may forget the message.</summary>
    public void Settle(DeliveryState settled) => _state = settled;

    /// <summary>The message must come again.</summary>
    public void Fail(Rejection why)
    {
        Failure = why;
        _state = DeliveryState.Failed;
    }

    /// <summary>Takes a user property out of the message, so that it does not become an attribute of the event; its value, null when there is none.</summary>
    public string? TakeProperty(string name)
    {
        var value = Property(name);
        if (value is not null)
            Message.UserProperties.RemoveAll(property => property.Name == name);
        return value;
    }

    /// <summary>The value of a user property; null when there is none.</summary>
    public string? Property(string name)
    {
        foreach (var property in Message.UserProperties ?? [])
        {
            if (property.Name == name)
                return System.Text.Encoding.UTF8.GetString(property.ValueBuffer.Span);
        }

        return null;
    }

    /// <summary>Sends PUBACK: 0x00, or 0x99 (payload format invalid) for a message that was dead-lettered.</summary>
    public Task AcknowledgeAsync(CancellationToken stop)
    {
        _received.ReasonCode = _state == DeliveryState.DeadLettered
            ? MqttApplicationMessageReceivedReasonCode.PayloadFormatInvalid
            : MqttApplicationMessageReceivedReasonCode.Success;
        return _received.AcknowledgeAsync(stop);
    }
}

/// <summary>What became of a delivery.</summary>
internal enum DeliveryState
{
    /// <summary>No outcome yet: it and all after it stay unacknowledged.</summary>
    Pending,

    /// <summary>Receipted at the declared level.</summary>
    Accepted,

    /// <summary>Poison, kept as a dead letter.</summary>
    DeadLettered,

    /// <summary>Not accepted: it must come again, on a new connection.</summary>
    Failed,
}
