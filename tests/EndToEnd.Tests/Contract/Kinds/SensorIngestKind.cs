using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.EndToEnd.Tests.Contract.Kinds;

/// <summary>The devices' gateway: a plain reading by mosquitto_pub, QoS 1. The broker answers, so a refusal shows as a dead letter.</summary>
public sealed class SensorIngestKind(DistributedApplication app) : ProducerKind(app)
{
    private const int TooLarge = 300_000;

    public override string Resource => "sensor-ingest";

    public override string Topic => "sensor-readings";

    public override string EventType => "io.eventsourcing.sensor.reading.v1";

    public override bool TellsItsSender => false;

    public override IReadOnlyDictionary<string, string> NotApplicable { get; } = new Dictionary<string, string>
    {
        [ContractCases.Unauthorised] = "who may publish is the MQTT broker's access list to say",
    };

    public override async Task PrepareAsync(string key, CancellationToken stop)
    {
        using var http = App.CreateHttpClient(Resource, "http");
        using var answer = await http.PostAsJsonAsync("assets", new { assetId = key, deviceId = key, name = "contract" }, stop);
        answer.EnsureSuccessStatusCode();
    }

    protected override async Task<Answer> SendOnceAsync(Sample sample, CancellationToken stop)
    {
        var broker = new Uri((await App.GetConnectionStringAsync("mqtt", stop))!);
        string[] repeated = sample.IsRepeated ? ["-D", "publish", "user-property", "redelivery", "possible-duplicate"] : [];
        string[] traced = sample.TraceParent is { } trace ? ["-D", "publish", "user-property", "traceparent", trace] : [];
        var sent = await ProcessRunner.RunAsync(
            Tools.Need(Tools.MosquittoPub, Requires.MosquittoClientsReason),
            ["-V", "5", "-h", broker.Host, "-p", $"{broker.Port}", "-q", "1", "-t", $"sensors/{sample.Key}/readings", "-s", .. repeated, .. traced],
            Payload(sample), stop: stop);
        return sent.ExitCode == 0 ? Answer.Accepted : Answer.Later(sent.StandardError);
    }

    public override void AssertData(Sample sample, JsonElement data)
    {
        Assert.Equal(Pressure(sample), data.GetProperty("pressure").GetDecimal());
        Assert.Equal(sample.Key, data.GetProperty("asset").GetProperty("assetId").GetString());
    }

    private static string Payload(Sample sample) => new JsonObject
    {
        ["id"] = sample.Token,
        ["pressure"] = sample.Flaw == Flaw.Malformed ? "high" : Pressure(sample),
        ["deviceId"] = sample.Flaw == Flaw.TooLarge ? new string('x', TooLarge) : sample.Key,
    }.ToJsonString();

    private static decimal Pressure(Sample sample) => 100 + (sample.Number / 1000m);
}
