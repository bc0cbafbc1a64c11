using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EventSourcing.SensorIngest.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.SensorIngest.Tests.Endpoints;

public sealed class HttpTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"deviceId":"d1","pressure":1}""", "application/json", 201, null)]
    [InlineData("""{"deviceId":"d1","pressure":1}""", "application/json; charset=utf-8", 201, null)]
    [InlineData("[]", "application/json", 200, null)]
    [InlineData("[]", "application/cloudevents-batch+json", 200, null)]
    [InlineData("""{"deviceId":"d1",""", "application/json", 400, "urn:eventsourcing:malformed-json")]
    [InlineData("", "application/json", 400, "urn:eventsourcing:malformed-json")]
    [InlineData("""{"specversion":"1.0",""", "application/cloudevents+json", 400, "urn:eventsourcing:malformed-json")]
    [InlineData("""{"deviceId":"d1","pressure":1}""", "text/csv", 415, "urn:eventsourcing:unsupported-content-type")]
    [InlineData("""{"deviceId":"d1","pressure":1}""", "application/json; charset=utf-16", 415, "urn:eventsourcing:unsupported-content-type")]
    [InlineData("""{"deviceId":"d1","pressure":1}""", null, 415, "urn:eventsourcing:unsupported-content-type")]
    [InlineData("""{"pressure":1}""", "application/json", 422, "urn:eventsourcing:invalid-event")]
    [InlineData("""{"deviceId":"d1"}""", "application/json", 422, "urn:eventsourcing:invalid-event")]
    [InlineData("""{"deviceId":"d1","pressure":"1"}""", "application/json", 422, "urn:eventsourcing:invalid-event")]
    [InlineData("""{"deviceId":"d1","wind":1}""", "application/json", 422, "urn:eventsourcing:invalid-event")]
    [InlineData("""{"deviceId":"nobody","pressure":1}""", "application/json", 422, "urn:eventsourcing:unknown-device")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"x.y.z"}""", "application/cloudevents+json", 422, "urn:eventsourcing:invalid-event")]
    [InlineData("""{"specversion":"1.0","id":"1"}""", "application/cloudevents+json", 422, "urn:eventsourcing:invalid-event")]
    [InlineData("{}", "application/cloudevents-batch+json", 422, "urn:eventsourcing:invalid-event")]
    public async Task Request_IsAnsweredAsTheFailureTableSays(string body, string? contentType, int status, string? type)
    {
        var ingest = (await HttpFixture.GetAsync(Stop)).Ingest;

        using var answer = await PostAsync(ingest, Encoding.UTF8.GetBytes(body), contentType);

        Assert.Equal(status, (int)answer.StatusCode);
        if (type is not null)
            await AssertProblemAsync(answer, type);
    }

    [Fact]
    public async Task Request_InInvalidUtf8_IsMalformed()
    {
        var ingest = (await HttpFixture.GetAsync(Stop)).Ingest;

        using var answer = await PostAsync(ingest, [.. "{\"deviceId\":\"d1"u8, 0xff, .. "\",\"pressure\":1}"u8], "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Request_TooLargeOrWithTooManyEvents_Is413()
    {
        var ingest = (await HttpFixture.GetAsync(Stop)).Ingest;
        var many = $"[{string.Join(',', Enumerable.Repeat("""{"deviceId":"d1","pressure":1}""", 11))}]";

        using var tooLarge = await PostAsync(ingest, new byte[5_000], "application/json");
        using var tooMany = await PostAsync(ingest, Encoding.UTF8.GetBytes(many), "application/json");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        await AssertProblemAsync(tooMany, "urn:eventsourcing:too-many-events");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooMany.StatusCode);
    }

    [Fact]
    public async Task Batch_OneBadEvent_SpoilsOnlyItsOwnVerdict()
    {
        var fixture = await HttpFixture.GetAsync(Stop);
        const string body = """
            [{"deviceId":"d1","id":"b1","pressure":1},{"deviceId":"d1","id":"b2","pressure":-1},{"deviceId":"nobody","id":"b3","pressure":1},
             {"deviceId":"d1","id":"b4","pressure":2.50}]
            """;

        using var answer = await PostAsync(fixture.Ingest, Encoding.UTF8.GetBytes(body), "application/json");
        using var verdicts = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            ["b1 stored", "b2 rejected", "b3 rejected", "b4 stored"],
            verdicts.RootElement.EnumerateArray().Select(verdict => $"{verdict.GetProperty("id")} {verdict.GetProperty("status")}"));
        var records = await TopicLog.ReadAsync(fixture.Rig.Kafka.BootstrapServers, "sensor-readings");
        var last = verdicts.RootElement[3];
        var stored = Assert.Single(records, record => record.Id == "b4");
        Assert.Equal((last.GetProperty("partition").GetInt32(), last.GetProperty("offset").GetInt64()), (stored.Partition, stored.Offset));
    }

    [Fact]
    public async Task Batch_OneRefusedForNow_NoneAfterItIsTaken()
    {
        await using var rig = await Rig.StartWithoutMqttAsync(Stop);
        var ingest = await rig.StartIngestAsync(Stop, ("Backbone:Routes:sensor-readings:BufferBytes", "4096"), ("Backbone:Routes:sensor-readings:MaxEventBytes", "2048"));
        await Rig.RegisterAsync(ingest, Stop, "d1");
        var body = $"[{string.Join(',', Enumerable.Range(1, 400).Select(n => $$"""{"deviceId":"d1","id":"{{n}}","pressure":{{n}}}"""))}]";

        using var answer = await PostAsync(ingest, Encoding.UTF8.GetBytes(body), "application/json");
        using var verdicts = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));

        var taken = verdicts.RootElement.EnumerateArray().Select(verdict => verdict.GetProperty("status").GetString() == "stored").ToArray();
        Assert.Contains(true, taken);
        Assert.Equal(taken.OrderDescending(), taken);
    }

    [Fact]
    public async Task SameEvent_PostedTwice_GetsTheSamePosition()
    {
        var ingest = (await HttpFixture.GetAsync(Stop)).Ingest;
        var body = """{"deviceId":"d1","id":"twice","pressure":1}"""u8.ToArray();

        using var first = await PostAsync(ingest, body, "application/json");
        using var second = await PostAsync(ingest, body, "application/json");

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Stop), await second.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Schema_OfAnOwnedType_IsServed_AndOfAnotherNot()
    {
        var ingest = (await HttpFixture.GetAsync(Stop)).Ingest;

        using var owned = await ingest.Http.GetAsync("/schemas/io.eventsourcing.sensor.reading.v1", Stop);
        using var other = await ingest.Http.GetAsync("/schemas/none", Stop);

        Assert.Equal("application/schema+json", owned.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task KafkaAway_Is503WithRetryAfter_AndARetryIsStoredOnceOrMarked()
    {
        await using var rig = await Rig.StartWithoutMqttAsync(Stop);
        var ingest = await rig.StartIngestAsync(Stop, ("Http:AnswerTimeout", "00:00:01"), ("Http:MaxRequests", "1"));
        await Rig.RegisterAsync(ingest, Stop, "d1");
        var body = """{"deviceId":"d1","id":"retried","pressure":1}"""u8.ToArray();

        await rig.Kafka.StopAsync();
        var waiting = PostAsync(ingest, body, "application/json");
        using var busy = await Eventually.ValueAsync(
            _ => PostAsync(ingest, body, "application/json"), answer => answer.StatusCode == HttpStatusCode.TooManyRequests || waiting.IsCompleted, "429", stop: Stop);
        using var away = await waiting;                        // or the other way round: whichever came first has the one place
        await rig.Kafka.RestartAsync(Stop);
        await Eventually.TrueAsync(
            async _ =>
            {
                using var retried = await PostAsync(ingest, body, "application/json");
                return retried.StatusCode == HttpStatusCode.Created;
            },
            "the retry is stored",
            stop: Stop);

        Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable], new[] { busy.StatusCode, away.StatusCode }.Order());
        Assert.All([busy, away], answer => Assert.NotNull(answer.Headers.RetryAfter));
        var records = await rig.ReadAsync("sensor-readings", 1, Stop);
        Assert.Single(records, record => !record.IsMarked);
    }

    private static async Task<HttpResponseMessage> PostAsync(Ingest ingest, byte[] body, string? contentType)
    {
        using var content = new ByteArrayContent(body);
        if (contentType is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return await ingest.Http.PostAsync("/readings", content, Stop);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, string type)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(type, problem.RootElement.GetProperty("type").GetString());
        Assert.NotEqual("", problem.RootElement.GetProperty("detail").GetString());
    }
}
