using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Attributes;
using Io.Cloudevents.V1;
using CloudEvent = CloudNative.CloudEvents.CloudEvent;
using ProtoEvent = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.CloudEvents.Protobuf;

/// <summary>The protobuf event format of CloudEvents 1.0 (package <c>io.cloudevents.v1</c>), as gRPC services use it. All attribute types survive.</summary>
public static class ProtobufCloudEvents
{
    /// <summary>
    /// The event as a message: bytes as <c>binary_data</c>, text (a string whose content type is not JSON) as <c>text_data</c>. Bytes are not
    /// copied: leave them unchanged while the message is in use.
    /// </summary>
    /// <exception cref="ArgumentException">The event lacks a required attribute, or its data cannot be written.</exception>
    public static ProtoEvent ToProto(this CloudEvent cloudEvent)
    {
        RequiredAttributes.Check(cloudEvent);
        var message = new ProtoEvent { SpecVersion = CloudEventsSpecVersion.V1_0.VersionId };
        foreach (var (attribute, value) in cloudEvent.GetPopulatedAttributes())
            Set(message, attribute, value);
        if (cloudEvent.DataContentType is null && EventData.ContentTypeOf(cloudEvent) is { } contentType)
            message.Attributes[AttributeNames.DataContentType] = new ProtoEvent.Types.CloudEventAttributeValue { CeString = contentType };
        ProtobufData.Write(message, cloudEvent);
        return message;
    }

    /// <summary>The events as a batch message.</summary>
    /// <exception cref="ArgumentException">One of them lacks a required attribute, or its data cannot be written.</exception>
    public static CloudEventBatch ToProto(this IEnumerable<CloudEvent> events)
    {
        var batch = new CloudEventBatch();
        foreach (var cloudEvent in events)
            batch.Events.Add(cloudEvent.ToProto());
        return batch;
    }

    /// <summary>
    /// The message as an event; <see cref="CloudEvent.Data"/> is a <c>byte[]</c>: binary data as they are, text in the charset of its content
    /// type, a packed message in its wire form with content type <c>application/protobuf</c> and its type URL as <c>dataschema</c>, unless set.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="extensions">Extension attributes whose type is known; default <see cref="EventAttributes.All"/>. Others keep the message's type.</param>
    /// <exception cref="ArgumentException">The message is no valid CloudEvent; the message says why.</exception>
    public static CloudEvent ToCloudEvent(this ProtoEvent message, IReadOnlyList<CloudEventAttribute>? extensions = null)
    {
        var reader = new AttributeReader(extensions);
        AddRequired(ref reader, AttributeNames.SpecVersion, message.SpecVersion);
        AddRequired(ref reader, "id", message.Id);
        AddRequired(ref reader, "source", message.Source);
        AddRequired(ref reader, "type", message.Type);
        foreach (var (name, value) in message.Attributes)
            reader.Add(name, ProtobufAttributes.TypeOf(name, value), ProtobufAttributes.ValueOf(name, value));
        return ProtobufData.Read(message, reader.Complete(null));
    }

    /// <summary>The events of a batch message.</summary>
    /// <exception cref="ArgumentException">One of them is no valid CloudEvent; the message says why.</exception>
    public static IReadOnlyList<CloudEvent> ToCloudEvents(this CloudEventBatch batch, IReadOnlyList<CloudEventAttribute>? extensions = null)
    {
        var events = new List<CloudEvent>(batch.Events.Count);
        foreach (var message in batch.Events)
            events.Add(message.ToCloudEvent(extensions));
        return events;
    }

    // proto3 has no absent string: an empty one is a field that was not set.
    private static void AddRequired(ref AttributeReader reader, string name, string value)
    {
        if (value.Length > 0)
            reader.Add(name, value);
    }

    private static void Set(ProtoEvent message, CloudEventAttribute attribute, object value)
    {
        switch (attribute.Name)
        {
            case "id": message.Id = (string)value; break;
            case "source": message.Source = ((Uri)value).OriginalString; break;
            case "type": message.Type = (string)value; break;
            default: message.Attributes[attribute.Name] = ProtobufAttributes.Write(attribute, value); break;
        }
    }
}
