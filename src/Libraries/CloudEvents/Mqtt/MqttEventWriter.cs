using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Attributes;
using EventSourcing.CloudEvents.Json;
using MQTTnet;
using MQTTnet.Protocol;

namespace EventSourcing.CloudEvents.Mqtt;

/// <summary>Events as messages.</summary>
internal static class MqttEventWriter
{
    public static MqttApplicationMessageBuilder WriteBinary(MqttApplicationMessageBuilder builder, CloudEvent cloudEvent)
    {
        RequiredAttributes.Check(cloudEvent);
        builder.WithUserProperty(AttributeNames.SpecVersion, AttributeUtf8.SpecVersion.AsMemory());
        foreach (var (attribute, value) in cloudEvent.GetPopulatedAttributes())
        {
            if (attribute.Name != AttributeNames.DataContentType)
                builder.WithUserProperty(attribute.Name, AttributeUtf8.Encode(attribute, value).AsMemory());
        }
        if (EventData.ContentTypeOf(cloudEvent) is { } contentType)
            builder.WithContentType(contentType);
        return builder.WithPayload(EventData.ToArray(cloudEvent.GetDataBytes() ?? ReadOnlyMemory<byte>.Empty));
    }

    public static MqttApplicationMessageBuilder WriteStructured(MqttApplicationMessageBuilder builder, CloudEvent cloudEvent) =>
        WriteJson(builder, cloudEvent)
            .WithContentType(MediaTypes.StructuredJson)
            .WithPayloadFormatIndicator(MqttPayloadFormatIndicator.CharacterData);

    /// <summary>The JSON alone: MQTT 3.1.1 has no properties.</summary>
    public static MqttApplicationMessageBuilder WriteJson(MqttApplicationMessageBuilder builder, CloudEvent cloudEvent)
    {
        RequiredAttributes.Check(cloudEvent);
        return builder.WithPayload(StructuredEvents.Write(cloudEvent));
    }
}
