using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace EventSourcing.EndToEnd.Tests.Contract.Kinds;

/// <summary>The phones' back end: a batch of one event, with a signed device token.</summary>
public sealed class MobileBffKind(DistributedApplication app) : ProducerKind(app)
{
    private const int TooLarge = 100_000;
    private readonly HttpClient _http = app.CreateHttpClient("mobile-bff", "http");

    public override string Resource => "mobile-bff";

    public override string Topic => "mobile-events";

    public override string EventType => "io.eventsourcing.mobile.screen-view.v1";

    protected override async Task<Answer> SendOnceAsync(Sample sample, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "events");
        request.Content = new StringContent($"[{Event(sample).ToJsonString()}]", new MediaTypeHeaderValue("application/cloudevents-batch+json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(sample));
        return await HttpAnswers.SendAsync(_http, request, stop);
    }

    public override void AssertData(Sample sample, JsonElement data) => Assert.Equal(sample.Token, data.GetProperty("sessionId").GetString());

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }

    // Phones do not say that they repeat themselves.
    private JsonObject Event(Sample sample) => SampleEvent.Of(sample, EventType, new JsonObject
    {
        ["sessionId"] = sample.Token,
        ["screen"] = sample.Flaw switch { Flaw.Malformed => 7, Flaw.TooLarge => new string('x', TooLarge), _ => "home" },
    });

    // d1.KEY-ID.INSTALLATION-ID.EXPIRES.SIGNATURE
    private static string Token(Sample sample)
    {
        var key = sample.Flaw == Flaw.Unauthorised ? new string('0', ContractTopology.DeviceKey.Length) : ContractTopology.DeviceKey;
        var text = string.Create(CultureInfo.InvariantCulture, $"d1.dev.{sample.Key}.{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}");
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)))}";
    }
}
