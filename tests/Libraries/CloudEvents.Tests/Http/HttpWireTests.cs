using System.Collections.Concurrent;
using System.Net;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventSourcing.CloudEvents.Tests.Http;

/// <summary>HttpClient to Kestrel over a socket: what a header may carry is decided there.</summary>
public sealed class HttpWireTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<CloudEvent> _received = [];
    private readonly WebApplication _server = Build();
    private readonly HttpClient _client = new();

    public async ValueTask InitializeAsync()
    {
        _server.MapPost("/events", ReceiveAsync);
        await _server.StartAsync(TestContext.Current.CancellationToken);
        _client.BaseAddress = new Uri(_server.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(ContentMode.Binary)]
    [InlineData(ContentMode.Structured)]
    public async Task Events_Posted_ArriveEqual(ContentMode mode)
    {
        foreach (var cloudEvent in EventGen.Some(100))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/events");
            request.SetCloudEvent(cloudEvent, mode);
            await SendAsync(request);

            Assert.True(_received.TryDequeue(out var actual));
            EventAssert.Equal(RoundTripTests.Expected(cloudEvent, mode == ContentMode.Binary ? "HTTP binary" : "HTTP structured"), actual);
        }
    }

    [Fact]
    public async Task Batch_Posted_ArrivesEqual()
    {
        var batch = EventGen.Some(100);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/events");
        request.SetCloudEvents(batch);

        await SendAsync(request);

        Assert.Equal(
            batch.Select(static e => EventAssert.Describe(RoundTripTests.Expected(e, "HTTP batch"))), _received.Select(EventAssert.Describe));
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        return builder.Build();
    }

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        switch (HttpCloudEvents.DetectMode(request.ContentType))
        {
            case HttpContentMode.Batch:
                foreach (var member in HttpCloudEvents.ReadBatch(body.ToArray(), extensions: EventGen.Known))
                    _received.Enqueue(member.Event!);
                break;
            case HttpContentMode.Structured:
                _received.Enqueue(HttpCloudEvents.ReadStructured(body.ToArray(), request.ContentType, EventGen.Known));
                break;
            default:
                _received.Enqueue(HttpCloudEvents.ReadBinary(request.Headers, request.ContentType, body.ToArray(), EventGen.Known));
                break;
        }
        return Results.NoContent();
    }

    private async Task SendAsync(HttpRequestMessage request)
    {
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }
}
