using CloudNative.CloudEvents;
using MQTTnet;
using MQTTnet.Formatter;

namespace EventSourcing.CloudEvents.Mqtt;

/// <summary>The MQTT protocol binding of CloudEvents 1.0: MQTT 5 binary and structured, MQTT 3.1.1 structured JSON.</summary>
public static class MqttCloudEvents
{
    /// <summary>
    /// Puts the event into a message: MQTT 5 binary mode as user properties without prefix and the Content Type property; structured mode,
    /// and always for MQTT 3.1.1, as JSON. Topic, QoS and the hop's <c>traceparent</c> user property are the caller's; a hop context replaces
    /// an attribute of that name, so set one of the two.
    /// </summary>
    /// <exception cref="ArgumentException">The event lacks a required attribute, or its data cannot be written.</exception>
    public static MqttApplicationMessageBuilder WithCloudEvent(
        this MqttApplicationMessageBuilder builder, CloudEvent cloudEvent,
        ContentMode mode = ContentMode.Binary, MqttProtocolVersion version = MqttProtocolVersion.V500) =>
        version != MqttProtocolVersion.V500 ? MqttEventWriter.WriteJson(builder, cloudEvent)
        : mode == ContentMode.Binary ? MqttEventWriter.WriteBinary(builder, cloudEvent)
        : MqttEventWriter.WriteStructured(builder, cloudEvent);

    /// <summary>
    /// The message as an event, mode detected: by the Content Type property, else binary when there are user properties, else structured
    /// (MQTT 3.1.1 has neither). User properties whose names cannot be attributes are left out. An empty payload is no data.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="extensions">Extension attributes whose type is known; default <see cref="EventAttributes.All"/>.</param>
    /// <exception cref="ArgumentException">Not a valid CloudEvent; the message says why.</exception>
    public static CloudEvent ToCloudEvent(this MqttApplicationMessage message, IReadOnlyList<CloudEventAttribute>? extensions = null) =>
        MqttEventReader.Read(message, extensions);

    /// <summary>True when the message says that it is a CloudEvent, in either mode.</summary>
    public static bool IsCloudEvent(this MqttApplicationMessage message) => MqttEventReader.IsCloudEvent(message);
}
