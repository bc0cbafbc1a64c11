using CloudNative.CloudEvents;
using Confluent.Kafka;

namespace EventSourcing.CloudEvents.Kafka;

/// <summary>The Kafka protocol binding of CloudEvents 1.0.</summary>
public static class KafkaCloudEvents
{
    /// <summary>
    /// The event as a record: binary mode by default, <c>partitionkey</c> as key when it has one (and kept as header), no data in binary
    /// mode as a tombstone, <c>traceparent</c> of the current hop left to the caller.
    /// </summary>
    public static Message<byte[]?, byte[]?> ToKafkaMessage(this CloudEvent cloudEvent, ContentMode mode = ContentMode.Binary) =>
        throw new NotImplementedException();

    /// <summary>The record as an event, mode detected by content type. Data are the raw bytes in binary mode.</summary>
    /// <exception cref="ArgumentException">The record is no valid CloudEvent; the message says why.</exception>
    public static CloudEvent ToCloudEvent(this Message<byte[]?, byte[]?> message) => throw new NotImplementedException();

    /// <summary>True when the record says that it is a CloudEvent, in either mode.</summary>
    public static bool IsCloudEvent(this Message<byte[]?, byte[]?> message) => throw new NotImplementedException();
}
