using System.Buffers;
using System.Text.Json;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Attributes;
using EventSourcing.CloudEvents.Json;
using MQTTnet;
using MQTTnet.Packets;

namespace EventSourcing.CloudEvents.Mqtt;

/// <summary>Messages as events.</summary>
internal static class MqttEventReader
{
    public static CloudEvent Read(MqttApplicationMessage message, IReadOnlyList<CloudEventAttribute>? extensions) =>
        IsStructured(message) ? StructuredEvents.Read(Bytes(message.Payload), message.ContentType, extensions) : ReadBinary(message, extensions);

    public static bool IsCloudEvent(MqttApplicationMessage message) =>
        MediaTypes.IsStructuredJson(message.ContentType) || HasVersion(message.UserProperties) || IsBareJsonEvent(message);

    // MQTT 3.1.1 has neither content type nor user properties: the payload is all there is.
    private static bool IsStructured(MqttApplicationMessage message) =>
        MediaTypes.IsStructuredJson(message.ContentType) || (string.IsNullOrEmpty(message.ContentType) && !HasVersion(message.UserProperties));

    private static CloudEvent ReadBinary(MqttApplicationMessage message, IReadOnlyList<CloudEventAttribute>? extensions)
    {
        var reader = new AttributeReader(extensions);
        var contentType = message.ContentType;
        foreach (var property in message.UserProperties ?? [])
        {
            if (!AttributeNames.IsValid(property.Name))
                continue;
            var value = Decode(property);
            if (property.Name == AttributeNames.DataContentType)
                contentType = Agreed(contentType, value);
            else
                reader.Add(property.Name, value);
        }
        if (!string.IsNullOrEmpty(contentType))
            reader.Add(AttributeNames.DataContentType, contentType);
        return reader.Complete(message.Payload.IsEmpty ? null : Bytes(message.Payload));
    }

    // The specification's prose maps datacontenttype to the Content Type property, its example lists it as a user property, too.
    private static string Agreed(string? contentType, string userProperty) =>
        string.IsNullOrEmpty(contentType) || contentType == userProperty
            ? userProperty
            : throw new ArgumentException($"The Content Type is '{contentType}' but the user property datacontenttype is '{userProperty}'.");

    private static string Decode(MqttUserProperty property) => AttributeUtf8.Decode(property.Name, property.ValueBuffer.Span);

    private static bool HasVersion(List<MqttUserProperty>? properties)
    {
        foreach (var property in properties ?? [])
        {
            if (property.Name == AttributeNames.SpecVersion)
                return true;
        }
        return false;
    }

    private static bool IsBareJsonEvent(MqttApplicationMessage message)
    {
        if (!IsStructured(message) || message.Payload.IsEmpty)
            return false;
        try
        {
            using var document = StructuredEvents.Parse(Bytes(message.Payload), contentType: null);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(AttributeNames.SpecVersion, out _);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // A copy: the client may hand out a buffer that it uses again.
    private static byte[] Bytes(ReadOnlySequence<byte> payload) => payload.ToArray();
}
