using System.Net;
using System.Net.Sockets;
using System.Text;
using CloudNative.CloudEvents;
using EventSourcing.SocialFeed.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.SocialFeed.Tests.Webhooks;

/// <summary>Every row of the failure table that a request alone can bring about.</summary>
public sealed class RefusalTests(FeedFixture fixture)
{
    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Feed_Unknown_Is404()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/nobody") { Content = new ByteArrayContent([1]) };

        using var response = await fixture.Service.Http.SendAsync(request.Signed([1]), Stop);

        Assert.Equal((HttpStatusCode.NotFound, "urn:eventsourcing:unknown-feed"), (response.StatusCode, await response.ReadProblemTypeAsync(Stop)));
    }

    [Theory]
    [InlineData("application/cloudevents+avro", null)]
    [InlineData("application/cloudevents+json; charset=utf-16", null)]
    [InlineData("no media type", null)]
    [InlineData("text/plain", "gzip")]
    [InlineData(Structured, "gzip")]
    public async Task ContentType_NotTaken_Is415(string contentType, string? encoding)
    {
        (string, string)[] headers = encoding is null ? [] : [("Content-Encoding", encoding)];

        using var response = await fixture.Service.PostBytesAsync("{}"u8.ToArray(), contentType, Stop, headers);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("urn:eventsourcing:unsupported-content-type", await response.ReadProblemTypeAsync(Stop));
    }

    [Theory]
    [InlineData(Structured, "{", 400, "malformed-json")]
    [InlineData(Structured, "{\"id\":1}", 422, "invalid-event")]
    [InlineData(Batch, "[{]", 400, "malformed-json")]
    [InlineData(Batch, "{}", 422, "invalid-event")]
    public async Task Json_ThatIsNoEvent_IsRefused_AndADeadLetterAsItCame(string contentType, string start, int status, string reason)
    {
        var mark = Guid.NewGuid().ToString("N");
        var body = Encoding.UTF8.GetBytes(start.EndsWith('}') ? $"{start[..^1]}{(start.Length > 2 ? "," : "")}\"mark\":\"{mark}\"}}" : $"{start} {mark}");

        using var response = await fixture.Service.PostBytesAsync(body, contentType, Stop);

        Assert.Equal((status, $"urn:eventsourcing:{reason}"), ((int)response.StatusCode, await response.ReadProblemTypeAsync(Stop)));
        var letter = Assert.Single(await fixture.ReadDeadLettersAsync(mark));
        Assert.Equal(($"urn:eventsourcing:{reason}", Encoding.UTF8.GetString(body), "POST /webhooks/test"), (letter.Header("ce_reason"), letter.Value, letter.Header("ce_subject")));
    }

    [Fact]
    public async Task Json_WithInvalidUtf8_Is400()
    {
        using var response = await fixture.Service.PostBytesAsync([(byte)'"', 0xC0, 0xA0, (byte)'"'], Structured, Stop);

        Assert.Equal((HttpStatusCode.BadRequest, "urn:eventsourcing:invalid-utf8"), (response.StatusCode, await response.ReadProblemTypeAsync(Stop)));
    }

    [Theory]
    [InlineData("subject", null, "invalid-event")]
    [InlineData("partitionkey", "somebody-else", "invalid-event")]
    [InlineData("sequence", "17", "invalid-event")]
    [InlineData("dataref", "http://elsewhere/", "invalid-event")]
    [InlineData("type", "io.eventsourcing.social.like.v1", "unknown-type")]
    public async Task Attribute_Wrong_Is422_AndADeadLetter(string attribute, string? value, string reason)
    {
        var source = Posts.NewSource();
        var post = Posts.Event(source, 1, "text"u8.ToArray());
        post.SetAttributeFromString(attribute, value ?? "x");
        if (value is null)
            post[attribute] = null;

        using var response = await fixture.Service.PostAsync(post, ContentMode.Binary, Stop);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, $"urn:eventsourcing:{reason}"), (response.StatusCode, await response.ReadProblemTypeAsync(Stop)));
        Assert.Equal($"urn:eventsourcing:{reason}", Assert.Single(await fixture.ReadDeadLettersAsync(source)).Header("ce_reason"));
        Assert.Empty(await fixture.ReadPostsAsync(source));
    }

    [Fact]
    public async Task Post_WithoutData_Is422()
    {
        using var response = await fixture.Service.PostPlainAsync(Posts.NewSource(), "msg_empty", [], "text/plain", Stop);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:eventsourcing:invalid-data"), (response.StatusCode, await response.ReadProblemTypeAsync(Stop)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    public async Task Text_ThatIsNotTheUtf8ItClaims_Is400_AndADeadLetterWithItsBytes(int length)
    {
        var source = Posts.NewSource();
        var body = Enumerable.Repeat((byte)'a', length).Append<byte>(0xFF).ToArray();

        using var response = await fixture.Service.PostPlainAsync(source, "msg_1", body, "text/plain", Stop);

        Assert.Equal((HttpStatusCode.BadRequest, "urn:eventsourcing:invalid-utf8"), (response.StatusCode, await response.ReadProblemTypeAsync(Stop)));
        var letter = Assert.Single(await fixture.ReadDeadLettersAsync(source));
        var kept = EventSourcing.CloudEvents.Http.HttpCloudEvents.ReadStructured(Encoding.UTF8.GetBytes(letter.Value!));
        var bytes = kept["dataref"] is { } reference ? await fixture.Service.Http.GetByteArrayAsync(new Uri(reference.ToString()!), Stop) : (byte[])kept.Data!;
        Assert.Equal(body, bytes);
        Assert.Equal(("author-1", "application/cloudevents+json"), (letter.Key, letter.Header("content-type")));
    }

    [Fact]
    public async Task Structured_OverTheLimit_Is413()
    {
        using var response = await fixture.Service.PostBytesAsync(new byte[1_048_577], Structured, Stop);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "urn:eventsourcing:too-large"), (response.StatusCode, await response.ReadProblemTypeAsync(Stop)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Payload_OverTheLimit_Is413_WhetherItsLengthIsToldOrNot(bool isChunked)
    {
        using var folder = new TempFolder();
        await using var service = await FeedHost.StartAsync(fixture.BootstrapServers, folder.Path, null, ("Payloads:MaxPayloadBytes", "200000"), ("Backbone:CreateTopics", "false"));
        var body = Posts.Random(200_001);
        using var request = Posts.Request(body, "image/png", ("X-Author-Id", "a")).Signed(body);
        request.Headers.TransferEncodingChunked = isChunked;

        using var response = await service.Http.SendAsync(request, Stop);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "urn:eventsourcing:too-large"), (response.StatusCode, await response.ReadProblemTypeAsync(Stop)));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "payloads", "incoming")));
    }

    [Fact]
    public async Task Attributes_TooLargeForARecord_Are413()
    {
        var post = Posts.Event(Posts.NewSource(), 1, "x"u8.ToArray());
        for (var i = 0; i < 40; i++)
            post[$"large{i}"] = new string('é', 900);

        using var response = await fixture.Service.PostAsync(post, ContentMode.Structured, Stop);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "urn:eventsourcing:too-large"), (response.StatusCode, await response.ReadProblemTypeAsync(Stop)));
    }

    [Fact]
    public async Task Batch_WithTooManyEvents_Is413_AndNoneIsStored()
    {
        var source = Posts.NewSource();

        using var response = await fixture.Service.PostBatchAsync([.. Enumerable.Range(1, 501).Select(i => Posts.Event(source, i, [1]))], Stop);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "urn:eventsourcing:too-many-events"), (response.StatusCode, await response.ReadProblemTypeAsync(Stop)));
        Assert.Empty(await fixture.ReadPostsAsync(source));
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData(Structured)]
    public async Task Body_CutShort_LeavesNothingBehind(string contentType)
    {
        using var folder = new TempFolder();
        await using var service = await FeedHost.StartAsync(fixture.BootstrapServers, folder.Path);
        var incoming = Path.Combine(folder.Path, "payloads", "incoming");
        var body = Posts.Random(300_000);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(service.Address.Host, service.Address.Port, Stop);
            using var signed = Posts.Request(body, contentType).Signed(body);
            var head = $"POST /webhooks/test HTTP/1.1\r\nHost: feed\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\n"
                + string.Concat(signed.Headers.Select(header => $"{header.Key}: {header.Value.Single()}\r\n")) + "\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Stop);
            await client.GetStream().WriteAsync(body.AsMemory(0, 200_000), Stop);
            if (contentType == "image/png")
                await Eventually.TrueAsync(() => Directory.GetFiles(incoming).Length == 1, "the body is being received", stop: Stop);
        }

        await Eventually.TrueAsync(() => Directory.GetFiles(incoming).Length == 0, "the half body is gone", stop: Stop);
        var store = (EventSourcing.SocialFeed.Payloads.PayloadStore)service.Services.GetService(typeof(EventSourcing.SocialFeed.Payloads.PayloadStore))!;
        await Eventually.TrueAsync(() => store.UsedBytes == 0, "its room is given back", stop: Stop);
    }

    [Fact]
    public async Task Path_Unknown_IsAProblem()
    {
        using var response = await fixture.Service.Http.GetAsync("/nowhere", Stop);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }
}
