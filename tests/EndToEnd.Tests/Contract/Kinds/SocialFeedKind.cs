using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace EventSourcing.EndToEnd.Tests.Contract.Kinds;

/// <summary>Social networks: a CloudEvent in structured mode by a signed webhook.</summary>
public sealed class SocialFeedKind(DistributedApplication app) : ProducerKind(app)
{
    private const int TooLarge = 1_500_000;
    private readonly HttpClient _http = app.CreateHttpClient("social-feed", "http");

    public override string Resource => "social-feed";

    public override string Topic => "social-posts";

    public override string EventType => "io.eventsourcing.social.post.v1";

    protected override async Task<Answer> SendOnceAsync(Sample sample, CancellationToken stop)
    {
        var body = Event(sample).ToJsonString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhooks/firehose");
        request.Content = new StringContent(body, new MediaTypeHeaderValue("application/cloudevents+json"));
        Sign(request, body, sample);
        return await HttpAnswers.SendAsync(_http, request, stop);
    }

    public override void AssertData(Sample sample, JsonElement data) => Assert.Equal(Text(sample), data.GetProperty("text").GetString());

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }

    private JsonObject Event(Sample sample)
    {
        var json = SampleEvent.Of(sample, EventType, new JsonObject { ["text"] = sample.Flaw == Flaw.TooLarge ? new string('x', TooLarge) : Text(sample) }).Marked(sample);
        if (sample.Flaw == Flaw.Malformed)
            json.Remove("subject");                          // without an author it is no post
        return json;
    }

    // Standard Webhooks: HMAC-SHA256 over id.timestamp.body, base64.
    private static void Sign(HttpRequestMessage request, string body, Sample sample)
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var key = Convert.FromBase64String(ContractTopology.WebhookKey["whsec_".Length..]);
        if (sample.Flaw == Flaw.Unauthorised)
            key[0] ^= 1;
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{sample.Token}.{timestamp}.{body}"));
        request.Headers.Add("webhook-id", sample.Token);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
    }

    private static string Text(Sample sample) => $"Здравствуйте, 世界 {sample.Token}";
}
