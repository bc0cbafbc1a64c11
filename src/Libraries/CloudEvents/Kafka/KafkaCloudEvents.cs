using CloudNative.CloudEvents;
using Confluent.Kafka;

namespace EventSourcing.CloudEvents.Kafka;

/// <summary>The Kafka protocol binding of CloudEvents 1.0.</summary>
public static class KafkaCloudEvents
{
    /// <summary>
    /// The event as a record: binary mode by default, <c>partitionkey</c> as record key when it has one (and kept as header), no data in binary
    /// mode as no value (a tombstone). A caller with a key of its own sets <see cref="Message{TKey,TValue}.Key"/> afterwards; the hop's
    /// <c>traceparent</c> header is the caller's, too. Header values may be shared between records: do not write into them.
    /// </summary>
    /// <exception cref="ArgumentException">The event lacks a required attribute, or its data cannot be written.</exception>
    public static Message<byte[]?, byte[]?> ToKafkaMessage(this CloudEvent cloudEvent, ContentMode mode = ContentMode.Binary) =>
        mode == ContentMode.Binary ? KafkaEventWriter.WriteBinary(cloudEvent) : KafkaEventWriter.WriteStructured(cloudEvent);

    /// <summary>
    /// The record as an event, mode detected by the <c>content-type</c> header. <see cref="CloudEvent.Data"/> is a <c>byte[]</c>, in binary mode
    /// the record's value itself; null for a tombstone. The record key is not part of the event.
    /// </summary>
    /// <param name="message">The record.</param>
    /// <param name="extensions">Extension attributes whose type is known; default <see cref="EventAttributes.All"/>. Others are read as String.</param>
    /// <exception cref="ArgumentException">The record is no valid CloudEvent; the message says why.</exception>
    public static CloudEvent ToCloudEvent(this Message<byte[]?, byte[]?> message, IReadOnlyList<CloudEventAttribute>? extensions = null) =>
        KafkaEventReader.Read(message, extensions);

    /// <summary>True when the record says that it is a CloudEvent, in either mode.</summary>
    public static bool IsCloudEvent(this Message<byte[]?, byte[]?> message) => KafkaEventReader.IsCloudEvent(message);
}
