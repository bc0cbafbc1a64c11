using System.Buffers;
using System.Text;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Mqtt;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace EventSourcing.CloudEvents.Tests.Mqtt;

public sealed class MqttCloudEventsTests
{
    [Fact]
    public void Reading_InBinaryMode_HasUserPropertiesWithoutPrefix()
    {
        var message = Message(Events.Reading());

        Assert.Equal("application/json", message.ContentType);
        Assert.Equal((byte[])Events.Reading().Data!, message.Payload.ToArray());
        Assert.Equal(
            ["dataschema", "id", "partitionkey", "recordedtime", "sequence", "source", "specversion", "subject", "time", "type"],
            message.UserProperties.Select(static property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal("000000000042", Encoding.UTF8.GetString(message.UserProperties.Single(static p => p.Name == "sequence").ValueBuffer.Span));
    }

    [Fact]
    public void Reading_InStructuredMode_IsMarkedUtf8Json()
    {
        var message = Message(Events.Reading(), ContentMode.Structured);

        Assert.Equal("application/cloudevents+json; charset=UTF-8", message.ContentType);
        Assert.Equal(MqttPayloadFormatIndicator.CharacterData, message.PayloadFormatIndicator);
        Assert.Null(message.UserProperties);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V310)]
    [InlineData(MqttProtocolVersion.V311)]
    public void Reading_BeforeMqtt5_IsJsonWithoutProperties(MqttProtocolVersion version)
    {
        var message = Message(Events.Reading(), version: version);

        Assert.Null(message.ContentType);
        Assert.Null(message.UserProperties);
        Assert.Equal((byte)'{', message.Payload.First.Span[0]);
        EventAssert.Equal(Events.Reading(), message.ToCloudEvent());
    }

    [Fact]
    public void UserProperties_ThatCannotBeAttributes_AreLeftOut()
    {
        var message = Message(Events.Golden("minimal"));
        message.UserProperties.Add(Property("My-Property", "x"u8));
        message.UserProperties.Add(Property("data", "x"u8));

        EventAssert.Equal(Events.Golden("minimal"), message.ToCloudEvent());
    }

    [Fact]
    public void ContentType_AsUserProperty_IsReadToo()
    {
        var message = Message(Events.Golden("minimal"));
        message.UserProperties.Add(Property("datacontenttype", "text/plain"u8));

        Assert.Equal("text/plain", message.ToCloudEvent().DataContentType);
        message.ContentType = "text/html";
        Assert.ThrowsAny<ArgumentException>(() => message.ToCloudEvent());
    }

    [Fact]
    public void Property_GivenTwiceOrNotUtf8_IsRefused()
    {
        var twice = Message(Events.Golden("minimal"));
        twice.UserProperties.Add(Property("id", "again"u8));
        var octets = Message(Events.Golden("minimal"));
        octets.UserProperties.Add(Property("subject", [0xC0, 0xA0]));

        Assert.ThrowsAny<ArgumentException>(() => twice.ToCloudEvent());
        Assert.ThrowsAny<ArgumentException>(() => octets.ToCloudEvent());
    }

    [Theory]
    [InlineData("""{"specversion":"1.0","id":"1","type":"t","source":"/s"}""", null, true)]
    [InlineData("""{"assetId":"HOU-01"}""", null, false)]
    [InlineData("""{"assetId":"HOU-01"}""", "application/json", false)]
    [InlineData("not json", null, false)]
    [InlineData("", null, false)]
    [InlineData("anything", "application/cloudevents+json", true)]
    public void Message_SaysWhetherItIsACloudEvent(string payload, string? contentType, bool expected)
    {
        var builder = new MqttApplicationMessageBuilder().WithTopic("t").WithPayload(payload);

        Assert.Equal(expected, builder.WithContentType(contentType).Build().IsCloudEvent());
    }

    [Theory]
    [InlineData("""{"assetId":"HOU-01"}""")]
    [InlineData("\u0001")]
    [InlineData("")]
    public void Payload_ThatIsNoEvent_IsRefused(string payload) => Assert.ThrowsAny<ArgumentException>(
        () => new MqttApplicationMessageBuilder().WithTopic("t").WithPayload(payload).Build().ToCloudEvent());

    [Fact]
    public void Data_Read_AreACopyOfThePayload()
    {
        var payload = "{}"u8.ToArray();
        var message = Message(Events.Golden("minimal"));
        message.PayloadSegment = payload;

        var data = Assert.IsType<byte[]>(message.ToCloudEvent().Data);

        Assert.Equal(payload, data);
        Assert.NotSame(payload, data);
    }

    private static MqttUserProperty Property(string name, ReadOnlySpan<byte> value) => new(name, (ReadOnlyMemory<byte>)value.ToArray());

    private static MqttApplicationMessage Message(
        CloudEvent cloudEvent, ContentMode mode = ContentMode.Binary, MqttProtocolVersion version = MqttProtocolVersion.V500) =>
        new MqttApplicationMessageBuilder().WithTopic("events").WithCloudEvent(cloudEvent, mode, version).Build();
}
