using System.Text;
using EventSourcing.CloudEvents.Kafka;

namespace EventSourcing.CloudEvents.Tests.Attributes;

/// <summary>What no binary mode lets in, shown on Kafka, whose headers carry any octets.</summary>
public sealed class StrictnessTests
{
    [Theory]
    [InlineData("ce_time", "lunchtime")]
    [InlineData("ce_time", "2018-04-05T17:31:00")]
    [InlineData("ce_time", "2018-04-05T17:31Z")]
    [InlineData("ce_time", "2018-04-05T17:31:00+05")]
    [InlineData("ce_time", "2018-04-05T17:31:00+25:00")]
    [InlineData("ce_time", "2018-04-05T17:31:00.Z")]
    [InlineData("ce_time", "2018-04-05 17:31:00Z")]
    [InlineData("ce_time", "2018-02-30T17:31:00Z")]
    [InlineData("ce_time", "")]
    [InlineData("ce_subject", "")]
    [InlineData("ce_dataschema", "")]
    [InlineData("ce_dataschema", "/relative")]
    [InlineData("ce_subject", "line\nfeed")]
    [InlineData("ce_subject", "\u0085")]
    [InlineData("ce_subject", "\uFDD0")]
    [InlineData("ce_dataschema", "https://example.com/\r\nx")]
    [InlineData("ce_recordedtime", "today")]
    [InlineData("ce_MyExtension", "bad")]
    [InlineData("ce_my.extension", "bad")]
    [InlineData("ce_my_extension", "bad")]
    [InlineData("ce_", "bad")]
    [InlineData("ce_data", "bad")]
    [InlineData("ce_grün", "bad")]
    [InlineData("ce_datacontenttype", "application/json")]
    [InlineData("ce_id", "a second id")]
    [InlineData("ce_specversion", "1.0")]
    [InlineData("content-type", "xyz")]
    [InlineData("content-type", "")]
    public void Header_ThatBreaksARule_IsRefused(string header, string value)
    {
        var message = Events.Golden("minimal").ToKafkaMessage();
        message.Headers.Add(header, Encoding.UTF8.GetBytes(value));

        Assert.ThrowsAny<ArgumentException>(() => message.ToCloudEvent());
    }

    [Theory]
    [InlineData("ce_specversion", "0.9")]
    [InlineData("ce_specversion", "")]
    [InlineData("ce_id", "")]
    [InlineData("ce_source", "")]
    [InlineData("ce_type", "")]
    [InlineData("ce_source", "/a\tb")]
    public void RequiredHeader_WithBadValue_IsRefused(string header, string value)
    {
        var message = Events.Golden("minimal").ToKafkaMessage();
        message.Headers.Remove(header);
        message.Headers.Add(header, Encoding.UTF8.GetBytes(value));

        Assert.ThrowsAny<ArgumentException>(() => message.ToCloudEvent());
    }

    [Fact]
    public void Header_ThatIsNotUtf8_IsRefused()
    {
        var message = Events.Golden("minimal").ToKafkaMessage();
        message.Headers.Add("ce_subject", [0xC0, 0xA0]);

        Assert.ThrowsAny<ArgumentException>(() => message.ToCloudEvent());
    }

    [Fact]
    public void Attributes_AtTheLimit_AreRead()
    {
        var message = Events.Golden("minimal").ToKafkaMessage();
        for (var i = 4; i < EventLimits.MaxAttributes; i++)
            message.Headers.Add($"ce_x{i}", "v"u8.ToArray());

        Assert.Equal("v", message.ToCloudEvent()["x4"]);
    }

    [Fact]
    public void Attributes_BeyondTheCountLimit_AreRefused()
    {
        var message = Events.Golden("minimal").ToKafkaMessage();
        for (var i = 4; i <= EventLimits.MaxAttributes; i++)
            message.Headers.Add($"ce_x{i}", "v"u8.ToArray());

        Assert.Contains("limit", Assert.ThrowsAny<ArgumentException>(() => message.ToCloudEvent()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Attributes_BeyondTheSizeLimit_AreRefused(int parts)
    {
        var message = Events.Golden("minimal").ToKafkaMessage();
        for (var i = 0; i < parts; i++)
            message.Headers.Add($"ce_x{i}", new string('v', EventLimits.MaxAttributeCharacters / parts + 1).Select(static c => (byte)c).ToArray());

        Assert.Contains("limit", Assert.ThrowsAny<ArgumentException>(() => message.ToCloudEvent()).Message, StringComparison.Ordinal);
    }
}
