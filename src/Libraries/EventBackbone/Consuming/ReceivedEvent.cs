using CloudNative.CloudEvents;
using Confluent.Kafka;

namespace EventSourcing.EventBackbone;

/// <summary>One record as it came from Kafka, with its envelope when it has one.</summary>
public sealed class ReceivedEvent
{
    internal ReceivedEvent(ConsumeResult<byte[]?, byte[]?> record) => Record = record;

    /// <summary>The record: topic, partition, offset, key, value, headers, timestamp.</summary>
    public ConsumeResult<byte[]?, byte[]?> Record { get; }

    /// <summary>The CloudEvent; null when the record is none (foreign producers, plain text).</summary>
    public CloudEvent? Event => throw new NotImplementedException();

    /// <summary>Why <see cref="Event"/> is null although the record claims to be a CloudEvent; null otherwise.</summary>
    public string? EnvelopeError => throw new NotImplementedException();

    /// <summary>Marks the event as one that can never be handled: it goes to the dead letters with this reason.</summary>
    public void Poison(Rejection reason) => throw new NotImplementedException();
}
