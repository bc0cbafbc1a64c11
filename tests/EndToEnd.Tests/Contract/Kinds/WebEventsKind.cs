using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace EventSourcing.EndToEnd.Tests.Contract.Kinds;

/// <summary>The collector of web pages: one CloudEvent in structured mode.</summary>
public sealed class WebEventsKind(DistributedApplication app) : ProducerKind(app)
{
    private const int TooLarge = 200_000;
    private readonly HttpClient _http = app.CreateHttpClient("web-events", "http");

    public override string Resource => "web-events";

    public override string Topic => "web-events";

    public override string EventType => "io.eventsourcing.web.page-view.v1";

    public override IReadOnlyDictionary<string, string> NotApplicable { get; } = new Dictionary<string, string>
    {
        [ContractCases.Unauthorised] = "web pages have no identity to prove: whoever may reach the collector may send",
    };

    protected override async Task<Answer> SendOnceAsync(Sample sample, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "events");
        request.Content = new StringContent(Event(sample).ToJsonString(), new MediaTypeHeaderValue("application/cloudevents+json"));
        return await HttpAnswers.SendAsync(_http, request, stop);
    }

    public override void AssertData(Sample sample, JsonElement data) => Assert.Equal(Url(sample), data.GetProperty("url").GetString());

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }

    private JsonObject Event(Sample sample) =>
        SampleEvent.Of(sample, EventType, new JsonObject { ["sessionId"] = "s-1", ["url"] = sample.Flaw == Flaw.Malformed ? null : Url(sample) }).Marked(sample);

    private static string Url(Sample sample) =>
        $"https://shop.example/{sample.Token}?{(sample.Flaw == Flaw.TooLarge ? new string('x', TooLarge) : "")}";
}
