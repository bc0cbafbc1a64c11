using System.Text;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Http;
using EventSourcing.CloudEvents.Json;

namespace EventSourcing.CloudEvents.Tests.Json;

public sealed class StructuredDataTests
{
    [Theory]
    [InlineData("""{"a": 1}""")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("[1, 2.50, 1e3]")]
    public void JsonBytes_WithJsonContentType_AreEmbeddedAsTheyAre(string json)
    {
        var body = Write("application/json", Encoding.UTF8.GetBytes(json));

        Assert.Contains($"\"data\":{json}", body, StringComparison.Ordinal);
        Assert.Equal(json, Encoding.UTF8.GetString(Assert.IsType<byte[]>(Read(body).Data)));
    }

    [Theory]
    [InlineData("application/octet-stream", "{}")]
    [InlineData("text/plain", "text")]
    [InlineData(null, "{}")]
    [InlineData("application/json", "not json")]
    [InlineData("application/json", "{} {}")]
    [InlineData("application/json", "")]
    [InlineData("application/json; charset=utf-16", "{}")]
    public void OtherBytes_AreBase64(string? contentType, string text)
    {
        var body = Write(contentType, Encoding.UTF8.GetBytes(text));

        Assert.Contains($"\"data_base64\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}\"", body, StringComparison.Ordinal);
        Assert.Equal(contentType, Read(body).DataContentType);
        Assert.Equal(text, Encoding.UTF8.GetString(Assert.IsType<byte[]>(Read(body).Data)));
    }

    [Fact]
    public void InvalidUtf8InAJsonString_IsBase64()
    {
        byte[] data = [(byte)'"', 0xC0, 0xA0, (byte)'"'];

        Assert.Contains("data_base64", Write("application/json", data), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(62, "\"data\":")]
    [InlineData(63, "\"data_base64\":")]
    public void NestedJson_IsEmbeddedUpToTheDepthThatIsRead(int depth, string member)
    {
        var json = new string('[', depth) + new string(']', depth);

        var body = Write("application/json", Encoding.UTF8.GetBytes(json));

        Assert.Contains(member, body, StringComparison.Ordinal);
        Assert.Equal(json, Encoding.UTF8.GetString((byte[])Read(body).Data!));
        Assert.Null(HttpCloudEvents.ReadBatch(Encoding.UTF8.GetBytes($"[{body}]"))[0].Error);
    }

    [Fact]
    public void ExplicitNull_IsAPayload_AbsenceIsNone()
    {
        var explicitNull = Read(Envelope(",\"data\":null"));
        var absent = Read(Envelope(""));

        Assert.Equal("null"u8.ToArray(), explicitNull.Data);
        Assert.Equal("application/json", explicitNull.DataContentType);
        Assert.Null(absent.Data);
        Assert.Null(absent.DataContentType);
        Assert.Contains("\"data\":null", Encoding.UTF8.GetString(StructuredEvents.Write(explicitNull)), StringComparison.Ordinal);
        Assert.DoesNotContain("\"data", Encoding.UTF8.GetString(StructuredEvents.Write(absent)), StringComparison.Ordinal);
    }

    [Fact]
    public void DataWithoutContentType_IsReadAsJson()
    {
        var cloudEvent = Read(Envelope(",\"data\":\"text\""));

        Assert.Equal("application/json", cloudEvent.DataContentType);
        Assert.Equal("\"text\""u8.ToArray(), cloudEvent.Data);
    }

    [Fact]
    public void StringData_WithTextContentType_IsTheTextInItsCharset()
    {
        Assert.Equal("é"u8.ToArray(), Read(Envelope(",\"datacontenttype\":\"text/plain\",\"data\":\"é\"")).Data);
        Assert.Equal(new byte[] { 0xE9 }, Read(Envelope(",\"datacontenttype\":\"text/plain; charset=iso-8859-1\",\"data\":\"é\"")).Data);
    }

    [Fact]
    public void TypesThatJsonTells_AreKept()
    {
        var cloudEvent = Read(Envelope(",\"flag\":true,\"number\":-7,\"text\":\"7\""));

        Assert.Equal(true, cloudEvent["flag"]);
        Assert.Equal(-7, cloudEvent["number"]);
        Assert.Equal("7", cloudEvent["text"]);
    }

    [Fact]
    public void StringData_Written_IsAJsonStringUnlessTheContentTypeSaysText()
    {
        Assert.Contains("\"datacontenttype\":\"application/json\",\"data\":\"x\"", Write(null, "x"), StringComparison.Ordinal);
        Assert.Contains("\"data_base64\":\"eA==\"", Write("text/plain", "x"), StringComparison.Ordinal);
    }

    private static string Write(string? contentType, object data) => Encoding.UTF8.GetString(StructuredEvents.Write(
        Events.With(Events.Minimal("1"), e => (e.DataContentType, e.Data) = (contentType, data))));

    private static string Envelope(string members) =>
        $$"""{"specversion":"1.0","id":"1","type":"io.cloudevents.test","source":"https://cloudevents.io"{{members}}}""";

    private static CloudEvent Read(string body) => HttpCloudEvents.ReadStructured(Encoding.UTF8.GetBytes(body));
}
