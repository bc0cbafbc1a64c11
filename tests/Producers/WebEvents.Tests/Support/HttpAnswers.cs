using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Http;

namespace EventSourcing.WebEvents.Tests.Support;

/// <summary>Requests to the HTTP collector and what it answers.</summary>
internal static class HttpAnswers
{
    public static Task<HttpResponseMessage> PostEventAsync(this HttpClient http, CloudEvent cloudEvent, ContentMode mode, CancellationToken stop)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/events");
        request.SetCloudEvent(cloudEvent, mode);
        return http.SendAsync(request, stop);
    }

    public static Task<HttpResponseMessage> PostBatchAsync(this HttpClient http, IReadOnlyCollection<CloudEvent> events, CancellationToken stop)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/events");
        request.SetCloudEvents(events);
        return http.SendAsync(request, stop);
    }

    public static Task<HttpResponseMessage> PostBytesAsync(
        this HttpClient http, string path, byte[] body, string? contentType, CancellationToken stop, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return http.SendAsync(request, stop);
    }

    public static Task<HttpResponseMessage> PostTextAsync(this HttpClient http, string path, string body, string? contentType, CancellationToken stop) =>
        http.PostBytesAsync(path, Encoding.UTF8.GetBytes(body), contentType, stop);

    public static async Task<JsonNode> ReadJsonAsync(this HttpResponseMessage response, CancellationToken stop) =>
        (await response.Content.ReadFromJsonAsync<JsonNode>(stop))!;

    /// <summary>The <c>type</c> of the ProblemDetails; fails when the answer is none.</summary>
    public static async Task<string> ReadProblemTypeAsync(this HttpResponseMessage response, CancellationToken stop)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.ReadJsonAsync(stop);
        Assert.Equal((int)response.StatusCode, problem["status"]!.GetValue<int>());
        Assert.False(string.IsNullOrWhiteSpace(problem["detail"]?.GetValue<string>()));
        return problem["type"]!.GetValue<string>();
    }

    /// <summary>The status of each verdict.</summary>
    public static string[] Statuses(this JsonNode verdicts) => [.. verdicts.AsArray().Select(verdict => verdict!["status"]!.GetValue<string>())];

    public static string? Text(this JsonNode? node, string name) => node?[name] is { } value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
