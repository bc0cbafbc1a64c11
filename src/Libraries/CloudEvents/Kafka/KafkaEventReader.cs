using CloudNative.CloudEvents;
using Confluent.Kafka;
using EventSourcing.CloudEvents.Attributes;
using EventSourcing.CloudEvents.Json;

namespace EventSourcing.CloudEvents.Kafka;

/// <summary>Records as events. A header without a value (null, as the protocol allows) is an attribute that is not set.</summary>
internal static class KafkaEventReader
{
    public static CloudEvent Read(Message<byte[]?, byte[]?> message, IReadOnlyList<CloudEventAttribute>? extensions)
    {
        var contentType = ContentTypeOf(message.Headers);
        if (!MediaTypes.IsStructuredJson(contentType))
            return ReadBinary(message, contentType, extensions);
        return StructuredEvents.Read(
            message.Value ?? throw new ArgumentException("A structured event has no value: the record is a tombstone."), contentType, extensions);
    }

    public static bool IsCloudEvent(Message<byte[]?, byte[]?> message) =>
        MediaTypes.IsStructuredJson(ContentTypeOf(message.Headers)) || Has(message.Headers, KafkaHeaders.SpecVersion);

    private static CloudEvent ReadBinary(
        Message<byte[]?, byte[]?> message, string? contentType, IReadOnlyList<CloudEventAttribute>? extensions)
    {
        var reader = new AttributeReader(extensions);
        for (var i = 0; i < (message.Headers?.Count ?? 0); i++)
        {
            var header = message.Headers![i];
            if (KafkaHeaders.IsAttribute(header.Key) && header.GetValueBytes() is { } value)
                reader.Add(NameOf(header.Key), Decode(header.Key, value));
        }
        if (contentType is not null)
            reader.Add(AttributeNames.DataContentType, contentType);
        return reader.Complete(message.Value);
    }

    private static string NameOf(string header)
    {
        var name = KafkaHeaders.Names.NameOf(header);
        return name != AttributeNames.DataContentType
            ? name
            : throw new ArgumentException("The header 'ce_datacontenttype' must not be used: datacontenttype is the header 'content-type'.");
    }

    private static string? ContentTypeOf(Headers? headers)
    {
        for (var i = 0; i < (headers?.Count ?? 0); i++)
        {
            if (headers![i].Key == KafkaHeaders.ContentType && headers[i].GetValueBytes() is { } value)
                return Decode(KafkaHeaders.ContentType, value);
        }
        return null;
    }

    private static bool Has(Headers? headers, string key)
    {
        for (var i = 0; i < (headers?.Count ?? 0); i++)
        {
            if (headers![i].Key == key && headers[i].GetValueBytes() is not null)
                return true;
        }
        return false;
    }

    private static string Decode(string header, byte[] value) => value.Length <= EventLimits.MaxAttributeCharacters
        ? AttributeUtf8.Decode(header, value)
        : throw new ArgumentException($"The header '{header}' has {value.Length} bytes; the limit is {EventLimits.MaxAttributeCharacters}.");
}
