using CloudNative.CloudEvents;
using Confluent.Kafka;
using EventSourcing.CloudEvents.Kafka;

namespace EventSourcing.EventBackbone;

/// <summary>One record as it came from Kafka, with its envelope when it has one. Read it on one thread at a time.</summary>
public sealed class ReceivedEvent
{
    private CloudEvent? _event;
    private string? _envelopeError;
    private bool _isRead;

    internal ReceivedEvent(ConsumeResult<byte[]?, byte[]?> record) => Record = record;

    /// <summary>The record: topic, partition, offset, key, value, headers, timestamp.</summary>
    public ConsumeResult<byte[]?, byte[]?> Record { get; }

    /// <summary>The CloudEvent; null when the record is none (foreign producers, plain text) or is a broken one.</summary>
    public CloudEvent? Event
    {
        get
        {
            ReadEnvelope();
            return _event;
        }
    }

    /// <summary>Why <see cref="Event"/> is null although the record claims to be a CloudEvent; null otherwise.</summary>
    public string? EnvelopeError
    {
        get
        {
            ReadEnvelope();
            return _envelopeError;
        }
    }

    /// <summary>Set by <see cref="Poison"/>; forgotten when the batch is tried again.</summary>
    internal Rejection? Poisoned { get; set; }

    /// <summary>Marks the event as one that can never be handled: it goes to the dead letters with this reason.</summary>
    public void Poison(Rejection reason) => Poisoned = reason;

    private void ReadEnvelope()
    {
        if (_isRead)
            return;
        _isRead = true;
        if (!Record.Message.IsCloudEvent())
            return;
        try
        {
            _event = Record.Message.ToCloudEvent();
        }
        catch (ArgumentException exception)
        {
            _envelopeError = exception.Message;
        }
    }
}
