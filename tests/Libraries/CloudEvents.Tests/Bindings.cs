using CloudNative.CloudEvents;
using Confluent.Kafka;
using EventSourcing.CloudEvents.Http;
using EventSourcing.CloudEvents.Kafka;
using EventSourcing.CloudEvents.Mqtt;
using EventSourcing.CloudEvents.Protobuf;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using MQTTnet;
using MQTTnet.Formatter;

namespace EventSourcing.CloudEvents.Tests;

/// <summary>Every binding and mode as one function: the event written, put into its wire parts, and read again.</summary>
internal static class Bindings
{
    public delegate CloudEvent RoundTrip(CloudEvent cloudEvent, IReadOnlyList<CloudEventAttribute>? extensions);

    /// <summary>By name, so that a failing case says which.</summary>
    public static readonly IReadOnlyDictionary<string, RoundTrip> All = new Dictionary<string, RoundTrip>
    {
        ["Kafka binary"] = static (e, x) => e.ToKafkaMessage().OverTheWire().ToCloudEvent(x),
        ["Kafka structured"] = static (e, x) => e.ToKafkaMessage(ContentMode.Structured).OverTheWire().ToCloudEvent(x),
        ["HTTP binary"] = static (e, x) => ThroughHttp(request => request.SetCloudEvent(e), x),
        ["HTTP structured"] = static (e, x) => ThroughHttp(request => request.SetCloudEvent(e, ContentMode.Structured), x),
        ["HTTP batch"] = static (e, x) => ThroughHttp(request => request.SetCloudEvents([e]), x),
        ["MQTT 5 binary"] = static (e, x) => ThroughMqtt(e, ContentMode.Binary, MqttProtocolVersion.V500, x),
        ["MQTT 5 structured"] = static (e, x) => ThroughMqtt(e, ContentMode.Structured, MqttProtocolVersion.V500, x),
        ["MQTT 3.1.1"] = static (e, x) => ThroughMqtt(e, ContentMode.Binary, MqttProtocolVersion.V311, x),
        ["protobuf"] = static (e, x) => Io.Cloudevents.V1.CloudEvent.Parser.ParseFrom(e.ToProto().ToByteArray()).ToCloudEvent(x),
        ["protobuf batch"] = static (e, x) => Io.Cloudevents.V1.CloudEventBatch.Parser.ParseFrom(new[] { e }.ToProto().ToByteArray()).ToCloudEvents(x)[0],
    };

    /// <summary>A copy that shares no array with the record that was produced.</summary>
    private static Message<byte[]?, byte[]?> OverTheWire(this Message<byte[]?, byte[]?> message)
    {
        var headers = new Headers();
        foreach (var header in message.Headers)
            headers.Add(header.Key, header.GetValueBytes()?.ToArray());
        return new Message<byte[]?, byte[]?> { Key = message.Key?.ToArray(), Headers = headers, Value = message.Value?.ToArray() };
    }

    private static CloudEvent ThroughHttp(Action<HttpRequestMessage> write, IReadOnlyList<CloudEventAttribute>? extensions)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost/events");
        write(request);
        return request.Receive(extensions);
    }

    /// <summary>The request as a server sees it.</summary>
    public static CloudEvent Receive(this HttpRequestMessage request, IReadOnlyList<CloudEventAttribute>? extensions = null)
    {
        using var body = new MemoryStream();
        request.Content!.CopyTo(body, null, CancellationToken.None);
        var headers = new HeaderDictionary();
        foreach (var header in request.Headers.NonValidated)
            headers[header.Key] = header.Value.ToArray();
        var contentType = request.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;
        return HttpCloudEvents.DetectMode(contentType) switch
        {
            HttpContentMode.Batch => Assert.Single(HttpCloudEvents.ReadBatch(body.ToArray(), extensions: extensions)) is { Event: { } e } ? e : throw new InvalidOperationException(),
            HttpContentMode.Structured => HttpCloudEvents.ReadStructured(body.ToArray(), contentType, extensions),
            _ => HttpCloudEvents.ReadBinary(headers, contentType, body.ToArray(), extensions),
        };
    }

    private static CloudEvent ThroughMqtt(
        CloudEvent cloudEvent, ContentMode mode, MqttProtocolVersion version, IReadOnlyList<CloudEventAttribute>? extensions)
    {
        var message = new MqttApplicationMessageBuilder().WithTopic("events").WithCloudEvent(cloudEvent, mode, version).Build();
        Assert.True(message.IsCloudEvent());
        return message.ToCloudEvent(extensions);
    }
}
