using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using CloudNative.CloudEvents;
using EventSourcing.SocialFeed.Payloads;
using EventSourcing.SocialFeed.Tests.Support;

namespace EventSourcing.SocialFeed.Tests.Payloads;

public sealed class ClaimCheckTests(FeedFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ContentMode.Binary, 66_000)]
    [InlineData(ContentMode.Binary, 5_000_000)]
    [InlineData(ContentMode.Structured, 66_000)]
    [InlineData(ContentMode.Structured, 700_000)]
    public async Task CloudEvent_TooLargeForARecord_RefersToItsBytes(ContentMode mode, int length)
    {
        var source = Posts.NewSource();
        var bytes = Posts.Random(length, seed: length);

        using var response = await fixture.Service.PostAsync(Posts.Event(source, 1, bytes, "image/png"), mode, Stop);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var record = Assert.Single(await fixture.ReadPostsAsync(source));
        Assert.Null(record.Value);
        Assert.Equal("image/png", record.Header("content-type"));
        Assert.EndsWith($"/payloads/{Convert.ToHexStringLower(SHA256.HashData(bytes))}", record.DataRef, StringComparison.Ordinal);
        Assert.Equal(bytes, await ResolveAsync(record));
    }

    [Fact]
    public async Task Batch_WithALargeEventAmongSmallOnes_KeepsTheirOrder()
    {
        var source = Posts.NewSource();
        CloudEvent[] events = [Posts.Event(source, 1, [1]), Posts.Event(source, 2, Posts.Random(400_000), "image/png"), Posts.Event(source, 3, [3])];

        using var response = await fixture.Service.PostBatchAsync(events, Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var records = await fixture.ReadPostsAsync(source);
        Assert.Equal([("id-1", false), ("id-2", true), ("id-3", false)], records.Select(record => (record.Id, record.DataRef is not null)));
        Assert.Equal(Posts.Random(400_000), await ResolveAsync(records[1]));
    }

    [Fact]
    public async Task PlainText_OfAnyLength_IsCheckedWhileItPasses()
    {
        var source = Posts.NewSource();
        var text = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("€𐍈é", 40_000)));

        using var response = await fixture.Service.PostPlainAsync(source, "msg_long", text, "text/plain; charset=utf-8", Stop);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var record = Assert.Single(await fixture.ReadPostsAsync(source));
        Assert.Equal(text, await ResolveAsync(record));
    }

    [Fact]
    public async Task Events_AroundTheLimit_AreRecordsOrReferences_NeverRefused()
    {
        var source = Posts.NewSource();
        int[] lengths = [64_000, 64_700, 64_800, 64_900, 65_000, 65_100, 65_200, 65_400, 65_535, 65_536, 65_537];
        foreach (var length in lengths)
        {
            using var response = await fixture.Service.PostAsync(Posts.Event(source, length, Posts.Random(length), "image/png"), ContentMode.Binary, Stop);
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }

        foreach (var record in await fixture.ReadPostsAsync(source))
            Assert.Equal(int.Parse(record.Id["id-".Length..], null), record.Value?.Length ?? (await ResolveAsync(record)).Length);
    }

    [Fact]
    public async Task Payload_IsServed_WithTypeTagRangesAndNoLicenceToRun()
    {
        var source = Posts.NewSource();
        var bytes = Posts.Random(100_000, seed: 99);
        using var posted = await fixture.Service.PostPlainAsync(source, "msg_range", bytes, "text/html", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, posted.StatusCode); // text/html promises UTF-8
        using var again = await fixture.Service.PostPlainAsync(source, "msg_range", bytes, "image/svg+xml", Stop);
        var uri = new Uri(Assert.Single(await fixture.ReadPostsAsync(source)).DataRef!);

        using var whole = await fixture.Service.Http.GetAsync(uri, Stop);
        using var ranged = new HttpRequestMessage(HttpMethod.Get, uri) { Headers = { Range = new RangeHeaderValue(10, 19) } };
        using var part = await fixture.Service.Http.SendAsync(ranged, Stop);
        using var conditional = new HttpRequestMessage(HttpMethod.Get, uri) { Headers = { IfNoneMatch = { whole.Headers.ETag! } } };
        using var unchanged = await fixture.Service.Http.SendAsync(conditional, Stop);
        using var head = await fixture.Service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, uri), Stop);

        Assert.Equal($"\"{uri.Segments[^1]}\"", whole.Headers.ETag!.Tag);
        Assert.True(whole.Headers.CacheControl is { Public: true, MaxAge: { TotalDays: > 7.9 } });
        Assert.Contains("immutable", whole.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(("nosniff", "sandbox; default-src 'none'"),
            (whole.Headers.GetValues("X-Content-Type-Options").Single(), whole.Headers.GetValues("Content-Security-Policy").Single()));
        Assert.Equal((HttpStatusCode.PartialContent, HttpStatusCode.NotModified), (part.StatusCode, unchanged.StatusCode));
        Assert.Equal(bytes[10..20], await part.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal((HttpStatusCode.OK, 100_000L), (head.StatusCode, head.Content.Headers.ContentLength));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("..%2Flock")]
    [InlineData("x")]
    public async Task Payload_Unknown_Is404(string hash)
    {
        using var response = await fixture.Service.Http.GetAsync($"/payloads/{hash}", Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Resolver_GivenOtherBytes_SaysSo()
    {
        var source = Posts.NewSource();
        using var posted = await fixture.Service.PostPlainAsync(source, "msg_1", Posts.Random(90_000, seed: 7), "image/png", Stop);
        var uri = new Uri(Assert.Single(await fixture.ReadPostsAsync(source)).DataRef!);
        var other = Convert.ToHexStringLower(SHA256.HashData([1]));
        using var liar = new HttpClient(new Redirecting(uri));

        await Assert.ThrowsAsync<InvalidDataException>(() => new PayloadResolver(liar, new Uri(uri, ".")).CopyToAsync(Reference(new Uri(uri, other)), Stream.Null, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => Resolver().CopyToAsync(Reference(new Uri("http://elsewhere.example/payloads/" + other)), Stream.Null, Stop));
        await Assert.ThrowsAsync<HttpRequestException>(() => Resolver().CopyToAsync(Reference(new Uri(uri, other)), Stream.Null, Stop));
    }

    private static CloudEvent Reference(Uri uri)
    {
        var post = Posts.Event("/x", 1, [1]);
        post.Data = null;
        post["dataref"] = uri.OriginalString;
        Assert.True(PayloadResolver.IsReference(post));
        return post;
    }

    private async Task<byte[]> ResolveAsync(PostRecord record)
    {
        using var read = new MemoryStream();
        var length = await Resolver().CopyToAsync(Reference(new Uri(record.DataRef!)), read, Stop);
        Assert.Equal(length, read.Length);
        return read.ToArray();
    }

    private PayloadResolver Resolver() => new(fixture.Service.Http, new Uri(fixture.Service.Address, "payloads/"));

    private sealed class Redirecting(Uri to) : DelegatingHandler(new HttpClientHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = to;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
