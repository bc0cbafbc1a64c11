using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.Testing;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.EndToEnd.Tests;

/// <summary>What can never be accepted: the sender is told why, or, where it cannot be asked again, the event is kept with the reason.</summary>
public abstract partial class Scenarios
{
    [Fact(Skip = Requires.MosquittoClientsReason, SkipUnless = nameof(Requires.MosquittoClients), SkipType = typeof(Requires))]
    public async Task NoReadingOverMqtt_UnderLoad_IsADeadLetterWithItsReason()
    {
        await UnderLoadAsync();
        var garbage = $"no reading {Guid.NewGuid():N}";

        var address = new Uri(await topology.App.GetConnectionStringAsync("mqtt", Stop) ?? throw new InvalidOperationException("There is no MQTT broker."));
        var sent = await ProcessRunner.RunAsync(Tools.Need(Tools.MosquittoPub, Requires.MosquittoClientsReason),
            ["-V", "5", "-h", address.Host, "-p", $"{address.Port}", "-q", "1", "-t", "sensors/lane-1/stranger/readings", "-m", garbage], stop: Stop);

        sent.EnsureSuccess();
        var letter = await DeadLetterAsync(record => record.Value == garbage);
        Assert.Equal("urn:eventsourcing:malformed-json", letter.Header("ce_reason"));
        Assert.Equal("sensors/lane-1/stranger/readings", letter.Header("ce_subject"));
        await topology.Ledger.BalancedAsync(Stop);
    }

    [Fact]
    public async Task BadEventInABatch_UnderLoad_SpoilsOnlyItsOwnVerdict()
    {
        await UnderLoadAsync();

        // Until the service has made up for the harm of the scenario before, it answers "spooled".
        await Eventually.ValueAsync(GoodBesideBadAsync, verdict => verdict == "stored", "the good event is stored", stop: Stop);

        await topology.Ledger.BalancedAsync(Stop);
    }

    /// <summary>Sends a good event and a bad one; returns what became of the good one.</summary>
    private async Task<string?> GoodBesideBadAsync(CancellationToken stop)
    {
        using var http = topology.App.CreateHttpClient("web-events", "http");
        using var batch = new StringContent(
            $"[{PageView(url: "https://shop.example/")},{PageView(url: null)}]", Encoding.UTF8, "application/cloudevents-batch+json");
        using var response = await http.PostAsync(new Uri("events", UriKind.Relative), batch, stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var verdicts = (await response.Content.ReadFromJsonAsync<JsonElement>(stop)).EnumerateArray().ToList();
        Assert.Equal(2, verdicts.Count);
        Assert.Contains(Status(verdicts[0]), (string[])["stored", "spooled"]);
        Assert.Equal("rejected", Status(verdicts[1]));
        Assert.Equal("urn:eventsourcing:invalid-data", verdicts[1].GetProperty("type").GetString());
        return Status(verdicts[0]);
    }

    private static string? Status(JsonElement verdict) => verdict.GetProperty("status").GetString();

    private static string PageView(string? url) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["specversion"] = "1.0",
        ["id"] = Guid.NewGuid().ToString(),
        ["source"] = "/end-to-end/bad-input",
        ["type"] = "io.eventsourcing.web.page-view.v1",
        ["subject"] = "visitor-of-the-batch",
        ["time"] = DateTimeOffset.UtcNow,
        ["datacontenttype"] = "application/json",
        ["data"] = new Dictionary<string, object?> { ["sessionId"] = "session-of-the-batch", ["url"] = url },
    });

    private async Task<KcatRecord> DeadLetterAsync(Predicate<KcatRecord> wanted)
    {
        var kafka = await topology.KafkaAsync(Stop);
        var letters = await Eventually.ValueAsync(stop => Kcat.ConsumeAllAsync(kafka, "dead-letters", stop: stop),
            records => records.Any(record => wanted(record)), "the dead letter", stop: Stop);
        return letters.Single(record => wanted(record));
    }
}
