using CloudNative.CloudEvents;
using MQTTnet;
using MQTTnet.Formatter;

namespace EventSourcing.CloudEvents.Mqtt;

/// <summary>The MQTT protocol binding of CloudEvents 1.0: MQTT 5 binary and structured, MQTT 3.1.1 structured JSON.</summary>
public static class MqttCloudEvents
{
    /// <summary>
    /// Puts the event into a message: MQTT 5 binary mode as user properties without prefix and the Content Type property; structured mode,
    /// and always for MQTT 3.1.1, as JSON.
    /// </summary>
    public static MqttApplicationMessageBuilder WithCloudEvent(
        this MqttApplicationMessageBuilder builder, CloudEvent cloudEvent,
        ContentMode mode = ContentMode.Binary, MqttProtocolVersion version = MqttProtocolVersion.V500) => throw new NotImplementedException();

    /// <summary>The message as an event, mode detected; a message without content type whose payload is a JSON event (MQTT 3.1.1) is structured.</summary>
    /// <exception cref="ArgumentException">Not a valid CloudEvent; the message says why.</exception>
    public static CloudEvent ToCloudEvent(this MqttApplicationMessage message) => throw new NotImplementedException();

    /// <summary>True when the message says that it is a CloudEvent, in either mode.</summary>
    public static bool IsCloudEvent(this MqttApplicationMessage message) => throw new NotImplementedException();
}
