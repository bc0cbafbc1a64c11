using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Http;
using Microsoft.AspNetCore.Http;

namespace EventSourcing.CloudEvents.Tests.Http;

public sealed class HttpBinaryTests
{
    [Fact]
    public void Reading_Set_HasHeadersContentTypeAndBody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost/");

        request.SetCloudEvent(Events.With(Events.Reading(), static e => e.Subject = "Pump № 1"));

        Assert.Equal("Pump%20%E2%84%96%201", request.Headers.GetValues("ce-subject").Single());
        Assert.Equal("1.0", request.Headers.GetValues("ce-specversion").Single());
        Assert.Equal("2026-11-24T08:15:30.125Z", request.Headers.GetValues("ce-time").Single());
        Assert.False(request.Headers.Contains("ce-datacontenttype"));
        Assert.Equal("application/json", request.Content!.Headers.ContentType!.ToString());
        Assert.Equal(39, request.Content.Headers.ContentLength);
    }

    [Fact]
    public void HeaderNames_OfAnyCase_AreAttributes()
    {
        var headers = Minimal();
        headers["CE-Subject"] = "s";

        Assert.Equal("s", HttpCloudEvents.ReadBinary(headers, null, default).Subject);
    }

    [Fact]
    public void OtherHeaders_Read_AreLeftOut()
    {
        var headers = Minimal();
        headers["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        headers["cell"] = "1";

        EventAssert.Equal(Events.Golden("minimal"), HttpCloudEvents.ReadBinary(headers, null, default));
    }

    [Fact]
    public void Body_ThatFillsItsArray_BecomesDataWithoutACopy()
    {
        byte[] body = [1, 2, 3, 4];

        Assert.Same(body, HttpCloudEvents.ReadBinary(Minimal(), "image/png", body).Data);
        Assert.Equal(new byte[] { 2, 3 }, HttpCloudEvents.ReadBinary(Minimal(), "image/png", body.AsMemory(1, 2)).Data);
    }

    [Fact]
    public void EmptyBody_Read_IsNoData() => Assert.Null(HttpCloudEvents.ReadBinary(Minimal(), "application/json", Array.Empty<byte>()).Data);

    [Theory]
    [InlineData("ce-subject", "%C0%A0")]
    [InlineData("ce-subject", "a%0Ab")]
    [InlineData("ce-my-ext", "x")]
    [InlineData("ce-my.ext", "x")]
    [InlineData("ce-data", "x")]
    [InlineData("ce-datacontenttype", "application/json")]
    [InlineData("ce-time", "now")]
    public void Header_ThatBreaksARule_IsRefused(string header, string value)
    {
        var headers = Minimal();
        headers[header] = value;

        Assert.ThrowsAny<ArgumentException>(() => HttpCloudEvents.ReadBinary(headers, null, default));
    }

    [Fact]
    public void Header_GivenTwice_IsRefused()
    {
        var headers = Minimal();
        headers["ce-id"] = new string[] { "1", "2" };

        Assert.ThrowsAny<ArgumentException>(() => HttpCloudEvents.ReadBinary(headers, null, default));
    }

    [Theory]
    [InlineData("xyz")]
    [InlineData("text/")]
    [InlineData("text/plain; charset")]
    public void ContentType_ThatIsNone_IsRefused(string contentType) =>
        Assert.ThrowsAny<ArgumentException>(() => HttpCloudEvents.ReadBinary(Minimal(), contentType, default));

    [Fact]
    public void Request_WithoutCloudEventHeaders_IsRefused() =>
        Assert.ThrowsAny<ArgumentException>(() => HttpCloudEvents.ReadBinary(new HeaderDictionary(), "application/json", "{}"u8.ToArray()));

    [Theory]
    [InlineData("application/cloudevents+json", HttpContentMode.Structured)]
    [InlineData("application/cloudevents", HttpContentMode.Structured)]
    [InlineData("Application/CloudEvents+JSON; charset=utf-8", HttpContentMode.Structured)]
    [InlineData("application/cloudevents-batch+json", HttpContentMode.Batch)]
    [InlineData("APPLICATION/CLOUDEVENTS-BATCH+JSON;charset=utf-8", HttpContentMode.Batch)]
    [InlineData("application/cloudevents+avro", HttpContentMode.Binary)]
    [InlineData("application/cloudevents-batch+protobuf", HttpContentMode.Binary)]
    [InlineData("application/json", HttpContentMode.Binary)]
    [InlineData("", HttpContentMode.Binary)]
    [InlineData(null, HttpContentMode.Binary)]
    public void ContentType_Tells_TheMode(string? contentType, HttpContentMode mode) => Assert.Equal(mode, HttpCloudEvents.DetectMode(contentType));

    private static HeaderDictionary Minimal() => new()
    {
        ["ce-specversion"] = CloudEventsSpecVersion.V1_0.VersionId,
        ["ce-id"] = "minimal",
        ["ce-type"] = "io.cloudevents.test",
        ["ce-source"] = "https://cloudevents.io",
    };
}
