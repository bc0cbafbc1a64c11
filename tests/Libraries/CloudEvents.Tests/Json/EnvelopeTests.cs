using System.Text;
using EventSourcing.CloudEvents.Http;

namespace EventSourcing.CloudEvents.Tests.Json;

/// <summary>What the structured mode does not let in, beyond the conformance vectors.</summary>
public sealed class EnvelopeTests
{
    [Theory]
    [InlineData(",\"data\":\"text\",\"data_base64\":\"AA==\"")]
    [InlineData(",\"data\":null,\"data_base64\":\"AA==\"")]
    [InlineData(",\"data_base64\":\"A\"")]
    [InlineData(",\"data_base64\":7")]
    [InlineData(",\"datacontenttype\":\"text/plain\",\"data\":{}")]
    [InlineData(",\"datacontenttype\":\"text/plain\",\"data\":null")]
    [InlineData(",\"datacontenttype\":\"text/plain; charset=none\",\"data\":\"a\"")]
    [InlineData(",\"datacontenttype\":\"text/plain\",\"data\":\"\\ud800\"")]
    [InlineData(",\"id\":\"2\"")]
    [InlineData(",\"data\":1,\"data\":2")]
    [InlineData(",\"time\":17")]
    [InlineData(",\"time\":\"2018-04-05T17:31Z\"")]
    [InlineData(",\"time\":\"2018-04-05T17:31:00.Z\"")]
    [InlineData(",\"subject\":true")]
    [InlineData(",\"dataschema\":\"\"")]
    [InlineData(",\"dataschema\":\"relative\"")]
    [InlineData(",\"dataschema\":\"http://a/\\u0000\"")]
    [InlineData(",\"ext\":{}")]
    [InlineData(",\"ext\":[1]")]
    [InlineData(",\"ext\":1.5")]
    [InlineData(",\"ext\":2147483648")]
    [InlineData(",\"ext\":\"\\ud800\"")]
    [InlineData(",\"ext\":\"\\u0007\"")]
    [InlineData(",\"\":\"a\"")]
    [InlineData(",\"Ext\":1")]
    [InlineData(",\"ext-1\":\"a\"")]
    [InlineData(",\"recordedtime\":\"yesterday\"")]
    public void Member_ThatBreaksARule_IsRefused(string members) =>
        Assert.ThrowsAny<ArgumentException>(() => Read($$"""{"specversion":"1.0","id":"1","type":"t","source":"/s"{{members}}}"""));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"specversion":"1.0","id":"1","type":"t"}""")]
    [InlineData("""{"specversion":"1.0","id":null,"type":"t","source":"/s"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","type":"","source":"/s"}""")]
    [InlineData("""{"specversion":1.0,"id":"1","type":"t","source":"/s"}""")]
    [InlineData("""{"specversion":"2.0","id":"1","type":"t","source":"/s"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","type":"t","source":"/s"} x""")]
    [InlineData("""{"SpecVersion":"1.0","ID":"1","Type":"t","Source":"/s"}""")]
    public void Body_ThatIsNoEvent_IsRefused(string body) => Assert.ThrowsAny<ArgumentException>(() => Read(body));

    [Fact]
    public void Body_NotInUtf8_IsRefused()
    {
        var body = Encoding.UTF8.GetBytes("""{"specversion":"1.0","id":"?","type":"t","source":"/s"}""");
        body[Array.IndexOf(body, (byte)'?')] = 0xFF;

        Assert.ThrowsAny<ArgumentException>(() => HttpCloudEvents.ReadStructured(body));
        Assert.ThrowsAny<ArgumentException>(() => HttpCloudEvents.ReadStructured(body, "application/cloudevents+json; charset=utf-16"));
    }

    [Fact]
    public void Attributes_BeyondTheLimits_AreRefused()
    {
        var many = string.Concat(Enumerable.Range(0, 100).Select(static i => $",\"x{i}\":\"v\""));
        var large = $",\"x\":\"{new string('v', EventLimits.MaxAttributeCharacters)}\"";

        foreach (var members in new[] { many, large })
        {
            var refused = Assert.ThrowsAny<ArgumentException>(() => Read($$"""{"specversion":"1.0","id":"1","type":"t","source":"/s"{{members}}}"""));
            Assert.Contains("exceed", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DeeplyNestedBody_IsRefused()
    {
        var data = new string('[', 100_000) + new string(']', 100_000);

        Assert.ThrowsAny<ArgumentException>(() => Read($$"""{"specversion":"1.0","id":"1","type":"t","source":"/s","data":{{data}}}"""));
    }

    private static void Read(string body) => HttpCloudEvents.ReadStructured(Encoding.UTF8.GetBytes(body));
}
