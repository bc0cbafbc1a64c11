using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.CloudEvents.Http;
using EventSourcing.SocialFeed.Contracts;

namespace EventSourcing.SocialFeed.Tests.Support;

/// <summary>Posts to send, and the sending.</summary>
internal static class Posts
{
    /// <summary>A source that no other test uses.</summary>
    public static string NewSource() => $"/tests/{Guid.NewGuid():N}";

    public static CloudEvent Event(string source, long number, byte[] data, string contentType = "text/plain; charset=utf-8", string author = "author-1", string type = SocialPost.Type)
    {
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, EventAttributes.All)
        {
            Id = $"id-{number}",
            Source = new Uri(source, UriKind.Relative),
            Type = type,
            Subject = author,
            Time = DateTimeOffset.UtcNow,
            DataContentType = contentType,
            Data = data,
        };
        cloudEvent[EventAttributes.Sequence] = EventAttributes.FormatSequence(number);
        return cloudEvent;
    }

    public static async Task<HttpResponseMessage> PostAsync(this FeedHost service, CloudEvent cloudEvent, ContentMode mode, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/test");
        request.SetCloudEvent(cloudEvent, mode);
        request.Signed(await request.Content!.ReadAsByteArrayAsync(stop));
        return await service.Http.SendAsync(request, stop);
    }

    public static async Task<HttpResponseMessage> PostBatchAsync(this FeedHost service, IReadOnlyCollection<CloudEvent> events, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/test");
        request.SetCloudEvents(events);
        request.Signed(await request.Content!.ReadAsByteArrayAsync(stop));
        return await service.Http.SendAsync(request, stop);
    }

    /// <summary>A signed body of any content type.</summary>
    public static async Task<HttpResponseMessage> PostBytesAsync(
        this FeedHost service, byte[] body, string? contentType, CancellationToken stop, params (string Name, string Value)[] headers)
    {
        using var request = Request(body, contentType, headers).Signed(body);
        return await service.Http.SendAsync(request, stop);
    }

    /// <summary>A plain post of an author; its id is the webhook's.</summary>
    public static async Task<HttpResponseMessage> PostPlainAsync(
        this FeedHost service, string source, string id, byte[] body, string? contentType, CancellationToken stop, string author = "author-1")
    {
        using var request = Request(body, contentType, ("X-Author-Id", author), ("X-Source", source)).Signed(body, id);
        return await service.Http.SendAsync(request, stop);
    }

    public static HttpRequestMessage Request(byte[] body, string? contentType, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/test") { Content = new ByteArrayContent(body) };
        if (contentType is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>The <c>type</c> of the ProblemDetails; fails when the answer is none.</summary>
    public static async Task<string> ReadProblemTypeAsync(this HttpResponseMessage response, CancellationToken stop)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>(stop))!;
        Assert.Equal((int)response.StatusCode, problem["status"]!.GetValue<int>());
        Assert.False(string.IsNullOrWhiteSpace(problem["detail"]?.GetValue<string>()));
        return problem["type"]!.GetValue<string>();
    }

    public static byte[] Random(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
