using System.Net;
using System.Text;
using EventSourcing.LocalKafka;
using EventSourcing.PumpSimulator.Events;
using EventSourcing.PumpSimulator.Model;
using EventSourcing.PumpSimulator.Options;
using EventSourcing.PumpSimulator.Sending;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Mqtt;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.PumpSimulator.Tests.Sending;

public sealed class TransportTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kafka_StoresCloudEventsUnderTheAssetsKey_WithTheFilesFigures()
    {
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await TestTopics.CreateAsync(kafka.BootstrapServers, "sensor-readings");
        using var producer = KafkaProducers.Create(kafka.BootstrapServers);
        using var tracing = new Tracing(0);
        await using var transport = new KafkaTransport(producer, new Topics(), 32, tracing);

        var answers = await transport.SendAsync(Readings(3, withAsset: true), Stop);
        var records = await TestTopics.ReadAsync(kafka.BootstrapServers, "sensor-readings");

        Assert.All(answers, (answer, i) => Assert.Equal(new Answer(AnswerKind.Stored, $"sensor-readings/0@{i}"), answer));
        Assert.All(records, (record, i) =>
        {
            Assert.Equal("a1", record.Key);
            Assert.Equal($"00000000000{i + 1}", record.Headers["ce_sequence"]);
            Assert.Equal("/pumps/run/kafka/d1", record.Headers["ce_source"]);
            Assert.Equal(
                """{"deviceId":"d1","asset":{"assetId":"a1","name":"n"},"pressure":105.103,"temperature":141.467,"frequency":35.729,"current":50.250}""", record.Value);
        });
    }

    [Fact(Skip = Requires.MosquittoReason, SkipUnless = nameof(Requires.Mosquitto), SkipType = typeof(Requires))]
    public async Task Mqtt_WithoutSubscriber_IsNotTaken_AndWithOneSpooledAtTheBroker()
    {
        await using var broker = await Mosquitto.StartAsync(Stop);
        using var tracing = new Tracing(0);
        await using var transport = new MqttTransport("d1-run", new Uri(broker.Address), new MqttWayOptions(), tracing);

        var alone = await transport.SendAsync(Readings(1), Stop);
        await using var subscriber = TestProcess.Start(
            Tools.Need(Tools.MosquittoSub, Requires.MosquittoClientsReason),
            ["-h", "127.0.0.1", "-p", $"{broker.Port}", "-V", "5", "-q", "1", "-t", "sensors/+/+/readings", "-v"]);
        var heard = Readings(2);
        await Eventually.TrueAsync(
            async _ => (await transport.SendAsync(heard, Stop)).All(answer => answer.Kind == AnswerKind.Spooled), "the broker takes the readings", stop: Stop);

        Assert.Equal(AnswerKind.NotTaken, Assert.Single(alone).Kind);
        Assert.StartsWith(
            "sensors/lane-1/d1/readings {\"deviceId\":\"d1\",\"pressure\":105.103",
            await subscriber.WaitForLineAsync(line => line.Contains("pressure", StringComparison.Ordinal), "a reading", stop: Stop),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mqtt_WithoutBroker_IsNotTaken()
    {
        using var tracing = new Tracing(0);
        await using var transport = new MqttTransport("d1-run", new Uri($"mqtt://127.0.0.1:{FreePort.Next()}"), new MqttWayOptions(), tracing);

        Assert.All(await transport.SendAsync(Readings(2), Stop), answer => Assert.Equal(AnswerKind.NotTaken, answer.Kind));
    }

    [Theory]
    [InlineData(1, 201, """{"status":"stored","topic":"t","partition":1,"offset":2}""", new[] { nameof(AnswerKind.Stored) })]
    [InlineData(1, 202, """{"status":"spooled","topic":"t"}""", new[] { nameof(AnswerKind.Spooled) })]
    [InlineData(1, 422, """{"type":"urn:x","status":422,"detail":"no"}""", new[] { nameof(AnswerKind.Rejected) })]
    [InlineData(2, 429, """{"type":"urn:x","status":429}""", new[] { nameof(AnswerKind.NotTaken), nameof(AnswerKind.NotTaken) })]
    [InlineData(1, 503, """{"type":"urn:eventsourcing:outcome-unknown","status":503}""", new[] { nameof(AnswerKind.Unknown) })]
    [InlineData(1, 502, "<html>", new[] { nameof(AnswerKind.NotTaken) })]
    [InlineData(1, 200, "<html>", new[] { nameof(AnswerKind.Unknown) })]
    [InlineData(2, 200, """[{"status":"stored"}]""", new[] { nameof(AnswerKind.Unknown), nameof(AnswerKind.Unknown) })]
    [InlineData(3, 200, """[{"status":"stored"},{"status":"rejected","type":"urn:x"},{"status":"rejected","type":"urn:x","retryAfter":1}]""",
        new[] { nameof(AnswerKind.Stored), nameof(AnswerKind.Rejected), nameof(AnswerKind.NotTaken) })]
    public async Task Http_Answer_IsReadPerEvent(int count, int status, string body, string[] expected)
    {
        using var tracing = new Tracing(0);
        using var handler = new StubHandler((HttpStatusCode)status, body);
        await using var transport = new HttpTransport(new HttpClient(handler), new HttpWayOptions { Address = new Uri("http://stub") }, tracing);

        var answers = await transport.SendAsync(Readings(count), Stop);

        Assert.Equal(expected, answers.Select(answer => answer.Kind.ToString()));
        Assert.Equal(count == 1 ? "application/json" : "application/cloudevents-batch+json", handler.ContentType);
    }

    private static PumpMessage[] Readings(int count, bool withAsset = false)
    {
        var device = new PumpDevice("d1", "a1", "n", null, "run", Way.Kafka, TimeProvider.System);
        return [.. Enumerable.Range(0, count).Select(_ => device.Reading(new PumpReading(105.103m, 141.467m, 35.729m, 50.250m), withAsset))];
    }

    private sealed class StubHandler(HttpStatusCode status, string body) : HttpMessageHandler
    {
        public string? ContentType { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            ContentType = request.Content?.Headers.ContentType?.MediaType;
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }
}
