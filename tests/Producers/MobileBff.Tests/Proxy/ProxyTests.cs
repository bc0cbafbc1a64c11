using System.Net;
using System.Text;
using EventSourcing.MobileBff.Tests.Support;
using EventSourcing.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventSourcing.MobileBff.Tests.Proxy;

public sealed class ProxyTests(BffFixture fixture) : IAsyncLifetime
{
    private readonly TempFolder _folder = new("bff");
    private WebApplication? _behind;
    private BffHost? _service;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private BffHost Service => _service!;

    /// <summary>A service behind the BFF that answers with what it was asked.</summary>
    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _behind = builder.Build();
        _behind.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            context.Response.StatusCode = context.Request.Path == "/teapot" ? 418 : 200;
            await context.Response.WriteAsync(
                $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} installation={context.Request.Headers["X-Installation-Id"]} "
                + $"authorization={context.Request.Headers.Authorization} origin={context.Request.Headers.Origin} bytes={body.Length}");
        });
        await _behind.StartAsync();
        _service = await BffHost.StartAsync(
            fixture.BootstrapServers, _folder.Path, ("services:web-events:http:0", _behind.Urls.Single()),
            ("services:sensor-ingest:http:0", $"http://127.0.0.1:{FreePort.Next()}"));
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await _behind!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Route_PassesOn_WithTheInstallation_WithoutTheToken()
    {
        using var response = await Service.SendAsync(
            Tokens.For("phone-1"), "/web/events?x=1", "[]", "application/json", Stop, ("X-Installation-Id", "phone-2"), ("Origin", "https://elsewhere.example"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            "POST /events?x=1 installation=phone-1 authorization= origin= bytes=2", await response.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Answer_OfTheServiceBehind_ComesAsItIs()
    {
        using var response = await Service.SendAsync(Tokens.For("phone-1"), "/web/teapot", "", "application/json", Stop);

        Assert.Equal(418, (int)response.StatusCode);
    }

    [Fact]
    public async Task ServiceAway_Is502_AsProblem()
    {
        using var response = await Service.SendAsync(Tokens.For("phone-1"), "/sensors/readings", "[]", "application/json", Stop);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_BeyondTheLimit_Is413(bool chunked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/web/events") { Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(new string('x', 1_100_000)))) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Tokens.For("phone-1")}");
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await Service.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("http://localhost:4000", true)]
    [InlineData("https://elsewhere.example", false)]
    public async Task Preflight_IsAnsweredHere_WithoutAToken(string origin, bool allowed)
    {
        foreach (var path in (string[])["/events", "/web/events"])
        {
            var request = new HttpRequestMessage(HttpMethod.Options, path);
            request.Headers.TryAddWithoutValidation("Origin", origin);
            request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", "POST");
            request.Headers.TryAddWithoutValidation("Access-Control-Request-Headers", "authorization");

            using var response = await Service.Http.SendAsync(request, Stop);

            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
            Assert.Equal(allowed, response.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task Health_AndSchemas_NeedNoToken()
    {
        Assert.Equal("Healthy", await Service.Http.GetStringAsync("/health", Stop));
        Assert.Contains("io.eventsourcing.mobile.action.v1", await Service.Http.GetStringAsync("/schemas", Stop), StringComparison.Ordinal);
        Assert.Contains("\"maxLength\":128", await Service.Http.GetStringAsync("/schemas/io.eventsourcing.mobile.action.v1", Stop), StringComparison.Ordinal);
    }
}
