using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace EventSourcing.EndToEnd.Tests.Contract.Kinds;

/// <summary>What a shop sends to the order service. The idempotency key is the sample's token.</summary>
internal static class OrderRequests
{
    private const int TooLarge = 100_000;

    public static HttpRequestMessage Place(Sample sample) => Request(sample, "orders", new JsonObject
    {
        ["customerId"] = sample.Flaw == Flaw.TooLarge ? new string('x', TooLarge) : sample.Token,
        ["currency"] = sample.Flaw == Flaw.Malformed ? 7 : "EUR",
        ["lines"] = new JsonArray(new JsonObject { ["sku"] = "book-1", ["quantity"] = 2, ["unitPrice"] = 12.5m }),
        ["channel"] = sample.Key,
        ["channelSequence"] = sample.Number,
    });

    public static HttpRequestMessage Cancel(Sample sample, string orderId) => Request(sample, $"orders/{orderId}/cancel", new JsonObject
    {
        ["reason"] = sample.Token,
        ["channel"] = sample.Key,
        ["channelSequence"] = sample.Number,
    });

    /// <summary><c>Location: /orders/{id}</c>.</summary>
    public static string IdOf(HttpResponseMessage placed) => placed.Headers.Location!.OriginalString.Split('/')[^1];

    private static HttpRequestMessage Request(Sample sample, string path, JsonObject body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Idempotency-Key", $"\"{sample.Token}\"");
        if (sample.TraceParent is not null)
            request.Headers.Add("traceparent", sample.TraceParent);
        return request;
    }
}
