using EventSourcing.CloudEvents.Protobuf;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Io.Cloudevents.V1;
using AttributeValue = Io.Cloudevents.V1.CloudEvent.Types.CloudEventAttributeValue;
using ProtoEvent = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.CloudEvents.Tests.Protobuf;

public sealed class ProtobufCloudEventsTests
{
    [Fact]
    public void AllTypes_WithoutKnowingTheExtensions_AreKept() =>
        EventAssert.Equal(Events.Golden("allExtensionTypes"), Events.Golden("allExtensionTypes").ToProto().ToCloudEvent([]));

    [Fact]
    public void FieldNumbers_AreTheSpecifications()
    {
        var message = new ProtoEvent { Id = "i", Source = "s", SpecVersion = "1.0", Type = "t", BinaryData = ByteString.CopyFrom(7) };
        message.Attributes["a"] = new AttributeValue { CeInteger = 1 };

        Assert.Equal("0A016912017322" + "0174", Convert.ToHexString(new ProtoEvent { Id = "i", Source = "s", Type = "t" }.ToByteArray()));
        Assert.Equal("0A0169" + "120173" + "1A03312E30" + "220174" + "2A07" + "0A0161" + "12021001" + "320107", Convert.ToHexString(message.ToByteArray()));
    }

    [Fact]
    public void Text_IsTextData_BytesAreBinaryData()
    {
        var text = Events.With(Events.Minimal("1"), static e => (e.DataContentType, e.Data) = ("text/plain", "Grüße")).ToProto();

        Assert.Equal("Grüße", text.TextData);
        Assert.Equal("Grüße"u8.ToArray(), text.ToCloudEvent().Data);
        Assert.Equal(ProtoEvent.DataOneofCase.BinaryData, Events.Reading().ToProto().DataCase);
        Assert.Equal(ProtoEvent.DataOneofCase.None, Events.Golden("minimal").ToProto().DataCase);
    }

    [Fact]
    public void PackedMessage_IsReadAsItsBytes()
    {
        var packed = new StringValue { Value = "x" };
        var message = Events.Golden("minimal").ToProto();
        message.ProtoData = Any.Pack(packed);

        var cloudEvent = message.ToCloudEvent();

        Assert.Equal(packed.ToByteArray(), cloudEvent.Data);
        Assert.Equal("application/protobuf", cloudEvent.DataContentType);
        Assert.Equal("https://type.googleapis.com/google.protobuf.StringValue", cloudEvent.DataSchema!.OriginalString);
    }

    [Fact]
    public void KnownExtension_SentAsText_IsParsed()
    {
        var message = Events.Golden("minimal").ToProto();
        message.Attributes["recordedtime"] = new AttributeValue { CeString = "2026-11-24T08:15:30Z" };
        message.Attributes["time"] = new AttributeValue { CeString = "2026-11-24T08:15:30+01:00" };

        var cloudEvent = message.ToCloudEvent();

        Assert.Equal(new DateTimeOffset(2026, 11, 24, 8, 15, 30, TimeSpan.Zero), cloudEvent[EventAttributes.RecordedTime]);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 7, 15, 30, TimeSpan.Zero), cloudEvent.Time!.Value.ToUniversalTime());
    }

    public static TheoryData<string, AttributeValue> BadAttributes => new()
    {
        { "MyExt", new AttributeValue { CeString = "x" } },
        { "data", new AttributeValue { CeString = "x" } },
        { "id", new AttributeValue { CeString = "x" } },
        { "specversion", new AttributeValue { CeString = "1.0" } },
        { "subject", new AttributeValue { CeString = "" } },
        { "subject", new AttributeValue { CeString = "a\nb" } },
        { "time", new AttributeValue { CeInteger = 7 } },
        { "time", new AttributeValue { CeTimestamp = new Timestamp { Seconds = long.MaxValue } } },
        { "datacontenttype", new AttributeValue { CeString = "xyz" } },
        { "ext", new AttributeValue { CeUri = "relative" } },
        { "ext", new AttributeValue() },
    };

    [Theory]
    [MemberData(nameof(BadAttributes))]
    public void Attribute_ThatBreaksARule_IsRefused(string name, AttributeValue value)
    {
        var message = Events.Golden("minimal").ToProto();
        message.Attributes[name] = value;

        Assert.ThrowsAny<ArgumentException>(() => message.ToCloudEvent());
    }

    [Fact]
    public void Message_WithoutRequiredField_IsRefusedByName()
    {
        foreach (var (clear, name) in new (Action<ProtoEvent>, string)[]
        {
            (static m => m.Id = "", "id"), (static m => m.Source = "", "source"),
            (static m => m.Type = "", "type"), (static m => m.SpecVersion = "", "specversion"),
        })
        {
            var message = Events.Golden("minimal").ToProto();
            clear(message);

            Assert.Contains($"'{name}'", Assert.ThrowsAny<ArgumentException>(() => message.ToCloudEvent()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Batch_KeepsTheOrder()
    {
        var batch = new[] { Events.Golden("minimal"), Events.Golden("allCore") }.ToProto();

        Assert.Equal(["minimal", "allCore"], CloudEventBatch.Parser.ParseFrom(batch.ToByteArray()).ToCloudEvents().Select(static e => e.Id));
    }
}
