using CloudNative.CloudEvents;
using Confluent.Kafka;
using EventSourcing.CloudEvents.Attributes;
using EventSourcing.CloudEvents.Json;

namespace EventSourcing.CloudEvents.Kafka;

/// <summary>Events as records. The binary mode is the hot path of every producer: one array per value that differs, no string.</summary>
internal static class KafkaEventWriter
{
    private static readonly byte[] StructuredJson = System.Text.Encoding.UTF8.GetBytes(MediaTypes.StructuredJson);

    public static Message<byte[]?, byte[]?> WriteBinary(CloudEvent cloudEvent)
    {
        RequiredAttributes.Check(cloudEvent);
        var headers = new Headers { { KafkaHeaders.SpecVersion, AttributeUtf8.SpecVersion } };
        byte[]? key = null;
        foreach (var (attribute, value) in cloudEvent.GetPopulatedAttributes())
        {
            if (attribute.Name == AttributeNames.DataContentType)
                continue;
            var bytes = AttributeUtf8.Encode(attribute, value);
            headers.Add(KafkaHeaders.Names.HeaderOf(attribute.Name), bytes);
            if (attribute.Name == AttributeNames.PartitionKey)
                key = bytes;
        }
        if (EventData.ContentTypeOf(cloudEvent) is { } contentType)
            headers.Add(KafkaHeaders.ContentType, AttributeUtf8.Keep(contentType));
        return new Message<byte[]?, byte[]?> { Key = key, Headers = headers, Value = DataOf(cloudEvent) };
    }

    public static Message<byte[]?, byte[]?> WriteStructured(CloudEvent cloudEvent)
    {
        RequiredAttributes.Check(cloudEvent);
        var key = cloudEvent[AttributeNames.PartitionKey] is string text ? AttributeUtf8.Encode(EventAttributes.PartitionKey, text) : null;
        return new Message<byte[]?, byte[]?>
        {
            Key = key,
            Headers = new Headers { { KafkaHeaders.ContentType, StructuredJson } },
            Value = StructuredEvents.Write(cloudEvent),
        };
    }

    private static byte[]? DataOf(CloudEvent cloudEvent) => cloudEvent.GetDataBytes() is { } data ? EventData.ToArray(data) : null;
}
