using System.Net;
using System.Text;
using EventSourcing.WebEvents.Contracts;
using EventSourcing.WebEvents.Tests.Support;

namespace EventSourcing.WebEvents.Tests.Endpoints;

/// <summary>The HTTP column of the failure table, row by row.</summary>
public sealed class RefusalTests(ServiceFixture fixture)
{
    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private const string Json = "application/json";

    private static readonly string Type = WebEventTypes.PageView;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, int, string> Structureds => new()
    {
        { "not JSON", "{\"specversion\":", 400, "malformed-json" },
        { "empty", "", 400, "malformed-json" },
        { "two values", "{} {}", 400, "malformed-json" },
        { "too deep", new string('[', 70) + new string(']', 70), 400, "malformed-json" },
        { "not an object", "[]", 422, "invalid-event" },
        { "no id", $$"""{"specversion":"1.0","source":"/t","type":"{{Type}}","subject":"v","data":{} }""", 422, "invalid-event" },
        { "old version", $$"""{"specversion":"0.3","id":"1","source":"/t","type":"{{Type}}","subject":"v","data":{} }""", 422, "invalid-event" },
        { "no subject", $$"""{"specversion":"1.0","id":"1","source":"/t","type":"{{Type}}","data":{{Sample.PageViewData}} }""", 422, "invalid-event" },
        { "other key", Envelope(Sample.PageViewData, "\"partitionkey\":\"w\","), 422, "invalid-event" },
        { "bad sequence", Envelope(Sample.PageViewData, "\"sequence\":\"7\","), 422, "invalid-event" },
        { "bad senttime", Envelope(Sample.PageViewData, "\"senttime\":\"yesterday\","), 422, "invalid-event" },
        { "unknown type", """{"specversion":"1.0","id":"1","source":"/t","type":"x","subject":"v","data":{} }""", 422, "unknown-type" },
        { "no data", Envelope("null"), 422, "invalid-data" },
        { "not JSON data", Envelope("\"x\"", "\"datacontenttype\":\"text/plain\","), 422, "invalid-data" },
        { "unknown field", Envelope("""{"sessionId":"s","url":"u","colour":"red"}"""), 422, "invalid-data" },
        { "missing field", Envelope("""{"sessionId":"s"}"""), 422, "invalid-data" },
        { "wrong type", Envelope("""{"sessionId":"s","url":1}"""), 422, "invalid-data" },
        { "null field", Envelope("""{"sessionId":"s","url":null}"""), 422, "invalid-data" },
        { "field twice", Envelope("""{"sessionId":"s","url":"u","url":"u"}"""), 422, "invalid-data" },
        { "field too long", Envelope($$"""{"sessionId":"{{new string('s', 65)}}","url":"u"}"""), 422, "invalid-data" },
        { "field too short", Envelope("""{"sessionId":"","url":"u"}"""), 422, "invalid-data" },
    };

    [Theory]
    [MemberData(nameof(Structureds))]
    public async Task Structured_Bad_IsRefusedWithItsReason(string defect, string body, int status, string reason)
    {
        using var response = await fixture.Service.Http.PostTextAsync("/events", body, Structured, Stop);

        Assert.True(status == (int)response.StatusCode, $"{defect}: {response.StatusCode}, {await response.Content.ReadAsStringAsync(Stop)}");
        Assert.Equal($"urn:eventsourcing:{reason}", await response.ReadProblemTypeAsync(Stop));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json")] // no ce- headers
    [InlineData("application/cloudevents+avro")]
    [InlineData("application/cloudevents+json; charset=utf-16")]
    [InlineData("no media type")]
    [InlineData(null)]
    public async Task ContentType_Unknown_Is415(string? contentType)
    {
        using var response = await fixture.Service.Http.PostBytesAsync("/events", "{}"u8.ToArray(), null, Stop, [.. Header(contentType)]);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("urn:eventsourcing:unsupported-content-type", await response.ReadProblemTypeAsync(Stop));
    }

    [Fact]
    public async Task Body_Compressed_Is415()
    {
        using var response = await fixture.Service.Http.PostBytesAsync("/events", "x"u8.ToArray(), Structured, Stop, ("Content-Encoding", "gzip"));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Body_InvalidUtf8_Is400()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes(Envelope("""{"sessionId":"s","url":"u""")[..^1]), 0xC0, 0xA0, .. "\"}}"u8];

        using var response = await fixture.Service.Http.PostBytesAsync("/events", body, Structured, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("urn:eventsourcing:invalid-utf8", await response.ReadProblemTypeAsync(Stop));
    }

    [Fact]
    public async Task Body_OverTheLimit_Is413_WhetherItsLengthIsToldOrNot()
    {
        var body = new byte[1_048_577];
        Array.Fill(body, (byte)' ');

        using var told = await fixture.Service.Http.PostBytesAsync("/events", body, Batch, Stop);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/events") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", Batch);
        request.Headers.TransferEncodingChunked = true;
        using var untold = await fixture.Service.Http.SendAsync(request, Stop);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (told.StatusCode, untold.StatusCode));
        Assert.Equal("urn:eventsourcing:too-large", await told.ReadProblemTypeAsync(Stop));
        Assert.Equal("urn:eventsourcing:too-large", await untold.ReadProblemTypeAsync(Stop));
    }

    [Fact]
    public async Task Event_OverTheLimit_Is413()
    {
        using var response = await fixture.Service.Http.PostEventAsync(
            Sample.Large(Sample.NewSource(), 70_000), CloudNative.CloudEvents.ContentMode.Binary, Stop);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("urn:eventsourcing:too-large", await response.ReadProblemTypeAsync(Stop));
    }

    [Fact]
    public async Task Batch_WithTooManyEvents_Is413_AndNoneIsStored()
    {
        var source = Sample.NewSource();

        using var response = await fixture.Service.Http.PostBatchAsync([.. Enumerable.Range(1, 501).Select(i => Sample.PageView(source, i))], Stop);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("urn:eventsourcing:too-many-events", await response.ReadProblemTypeAsync(Stop));
        Assert.Empty(fixture.ReadEvents(source));
    }

    [Theory]
    [InlineData("{}", 422, "invalid-event")]
    [InlineData("[{]", 400, "malformed-json")]
    public async Task Batch_ThatIsNone_IsRefusedWhole(string body, int status, string reason)
    {
        using var response = await fixture.Service.Http.PostTextAsync("/events", body, Batch, Stop);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal($"urn:eventsourcing:{reason}", await response.ReadProblemTypeAsync(Stop));
    }

    [Fact]
    public async Task Binary_WithMalformedData_Is400_AndADeadLetterAsItCame()
    {
        var mark = Sample.NewSource();

        using var response = await fixture.Service.Http.PostBytesAsync(
            "/events", Encoding.UTF8.GetBytes($"{{\"url\": {mark}"), Json, Stop,
            ("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", mark), ("ce-type", Type), ("ce-subject", "v-9"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var letter = Assert.Single(fixture.ReadDeadLetters(mark));
        Assert.Equal(("urn:eventsourcing:malformed-json", "v-9", $"{{\"url\": {mark}"), (letter.Header("ce_reason"), letter.Key, letter.Value));
    }

    [Fact]
    public async Task Path_Unknown_IsAProblem()
    {
        using var response = await fixture.Service.Http.GetAsync("/nowhere", Stop);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    private static string Envelope(string data, string more = "") =>
        $$"""{"specversion":"1.0","id":"1","source":"/refused","type":"{{Type}}","subject":"v",{{more}}"data":{{data}} }""";

    private static IEnumerable<(string, string)> Header(string? contentType) => contentType is null ? [] : [("Content-Type", contentType)];
}
