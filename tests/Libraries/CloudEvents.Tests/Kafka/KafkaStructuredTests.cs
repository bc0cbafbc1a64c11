using System.Text;
using CloudNative.CloudEvents;
using Confluent.Kafka;
using EventSourcing.CloudEvents.Kafka;

namespace EventSourcing.CloudEvents.Tests.Kafka;

public sealed class KafkaStructuredTests
{
    [Fact]
    public void Reading_Written_IsJsonWithOneHeaderAndTheKey()
    {
        var message = Events.Reading().ToKafkaMessage(ContentMode.Structured);

        var header = Assert.Single(message.Headers);
        Assert.Equal("content-type", header.Key);
        Assert.Equal("application/cloudevents+json; charset=UTF-8", Encoding.UTF8.GetString(header.GetValueBytes()));
        Assert.Equal("HOU-01"u8.ToArray(), message.Key);
        Assert.Contains("\"data\":{\"assetId\":\"HOU-01\",\"temperature\":71.5}", Encoding.UTF8.GetString(message.Value!), StringComparison.Ordinal);
    }

    [Fact]
    public void EventWithoutData_Written_IsNoTombstone()
    {
        var message = Events.Golden("minimal").ToKafkaMessage(ContentMode.Structured);

        Assert.NotNull(message.Value);
        Assert.Null(message.ToCloudEvent().Data);
    }

    [Theory]
    [InlineData("application/cloudevents+json")]
    [InlineData("application/cloudevents")]
    [InlineData("Application/CloudEvents+JSON;charset=utf-8")]
    public void ContentType_WithJsonFormat_IsStructured(string contentType) =>
        EventAssert.Equal(Events.Reading(), Structured(contentType).ToCloudEvent());

    [Fact]
    public void UnknownFormat_WithRepeatedHeaders_IsReadAsBinaryToBeForwarded()
    {
        var message = Events.Golden("minimal").ToKafkaMessage();
        message.Headers.Add("content-type", "application/cloudevents+avro"u8.ToArray());
        message.Value = [1, 2, 3];

        var cloudEvent = message.ToCloudEvent();

        Assert.Equal("application/cloudevents+avro", cloudEvent.DataContentType);
        Assert.Equal(new byte[] { 1, 2, 3 }, cloudEvent.Data);
    }

    [Fact]
    public void Tombstone_ThatSaysStructured_IsRefused()
    {
        var message = Structured("application/cloudevents+json");
        message.Value = null;

        Assert.Throws<ArgumentException>(() => message.ToCloudEvent());
    }

    private static Message<byte[]?, byte[]?> Structured(string contentType) => new()
    {
        Headers = new Headers { { "content-type", Encoding.UTF8.GetBytes(contentType) } },
        Value = Events.Reading().ToKafkaMessage(ContentMode.Structured).Value,
    };
}
