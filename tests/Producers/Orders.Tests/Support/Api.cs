using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace EventSourcing.Orders.Tests.Support;

/// <summary>The API as a client writes it.</summary>
internal static class Api
{
    public static string NewKey() => Guid.NewGuid().ToString();

    public static string Order(string? channel = null, long? sequence = null, string customer = "c-1") => new JsonObject
    {
        ["customerId"] = customer,
        ["currency"] = "EUR",
        ["lines"] = new JsonArray(
            new JsonObject { ["sku"] = "book-1", ["quantity"] = 2, ["unitPrice"] = 12.5m }, new JsonObject { ["sku"] = "pen-7", ["quantity"] = 3, ["unitPrice"] = 0.99m }),
        ["channel"] = channel,
        ["channelSequence"] = sequence,
    }.Without(null).ToJsonString();

    public static string Cancel(string? channel = null, long? sequence = null, string? reason = null) =>
        new JsonObject { ["reason"] = reason, ["channel"] = channel, ["channelSequence"] = sequence }.Without(null).ToJsonString();

    public static Task<HttpResponseMessage> PlaceAsync(this HttpClient http, string body, CancellationToken stop, string? key = null) =>
        http.SendAsync("/orders", body, stop, ("Idempotency-Key", $"\"{key ?? NewKey()}\""));

    public static Task<HttpResponseMessage> CancelAsync(
        this HttpClient http, string id, CancellationToken stop, string? body = null, string? key = null, string? ifMatch = null) =>
        http.SendAsync($"/orders/{id}/cancel", body ?? Cancel(), stop, ("Idempotency-Key", $"\"{key ?? NewKey()}\""), ("If-Match", ifMatch));

    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient http, string path, string body, CancellationToken stop, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
            request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request, stop);
    }

    /// <summary>The answer's JSON.</summary>
    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response, CancellationToken stop) =>
        (await response.Content.ReadFromJsonAsync<JsonNode>(stop))!;

    public static string Text(this JsonNode node, params string[] path) => path.Aggregate(node, (inner, name) => inner[name]!).GetValue<string>();

    /// <summary>The id of the order in an answer to a command.</summary>
    public static async Task<string> OrderIdAsync(this HttpResponseMessage response, CancellationToken stop) =>
        (await response.JsonAsync(stop)).Text("order", "orderId");

    /// <summary>The <c>type</c> of the ProblemDetails without its prefix; fails when the answer is none, or says nothing.</summary>
    public static async Task<string> ProblemAsync(this HttpResponseMessage response, CancellationToken stop)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync(stop);
        Assert.Equal((int)response.StatusCode, problem["status"]!.GetValue<int>());
        Assert.False(string.IsNullOrWhiteSpace(problem.Text("detail")));
        return problem.Text("type").Replace("urn:eventsourcing:", "", StringComparison.Ordinal);
    }

    private static JsonObject Without(this JsonObject json, JsonNode? absent)
    {
        foreach (var name in json.Where(member => member.Value == absent).Select(member => member.Key).ToList())
            json.Remove(name);
        return json;
    }
}
