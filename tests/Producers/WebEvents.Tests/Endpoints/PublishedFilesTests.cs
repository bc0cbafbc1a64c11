using System.Net;
using System.Net.Http.Headers;
using EventSourcing.WebEvents.Contracts;
using EventSourcing.WebEvents.Tests.Support;

namespace EventSourcing.WebEvents.Tests.Endpoints;

/// <summary>What the service gives out: schemas, the tracker, CORS answers.</summary>
public sealed class PublishedFilesTests(ServiceFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Schema_OfEachType_SaysWhatTheServiceChecks()
    {
        var types = await (await fixture.Service.Http.GetAsync("/schemas", Stop)).ReadJsonAsync(Stop);
        Assert.Equal([WebEventTypes.Click, WebEventTypes.Custom, WebEventTypes.PageView], types.AsArray().Select(type => type!.GetValue<string>()));

        using var response = await fixture.Service.Http.GetAsync($"/schemas/{WebEventTypes.PageView}", Stop);

        Assert.Equal("application/schema+json", response.Content.Headers.ContentType?.MediaType);
        var schema = await response.ReadJsonAsync(Stop);
        Assert.EndsWith($"/schemas/{WebEventTypes.PageView}", schema.Text("$id"), StringComparison.Ordinal);
        Assert.Equal(["sessionId", "url"], schema["required"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
        Assert.Equal(64, schema["properties"]!["sessionId"]!["maxLength"]!.GetValue<int>());
        Assert.Equal("string", schema["properties"]!["url"].Text("type"));
    }

    [Fact]
    public async Task Schema_OfAnUnknownType_Is404()
    {
        using var response = await fixture.Service.Http.GetAsync("/schemas/x", Stop);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Tracker_IsServedOnceAndThenRevalidated()
    {
        using var first = await fixture.Service.Http.GetAsync("/tracker.js", Stop);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/tracker.js");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag ?? EntityTagHeaderValue.Any);
        using var second = await fixture.Service.Http.SendAsync(request, Stop);

        Assert.Equal(("text/javascript", true), (first.Content.Headers.ContentType?.MediaType, first.Headers.CacheControl?.Public));
        Assert.Contains("sendBeacon", await first.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("http://localhost:5103", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("https://shop.example", false)]
    public async Task Preflight_FromAnOrigin_IsAnsweredByTheOptions(string origin, bool allowed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/events");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type");

        using var response = await fixture.Service.Http.SendAsync(request, Stop);

        Assert.Equal(allowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) && origins.Single() == origin);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Health_IsReady()
    {
        using var response = await fixture.Service.Http.GetAsync("/health", Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
