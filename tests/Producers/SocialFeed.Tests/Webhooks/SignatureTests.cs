using System.Net;
using System.Text;
using EventSourcing.SocialFeed.Tests.Support;
using EventSourcing.SocialFeed.Webhooks;
using EventSourcing.TestKit.Processes;
using Microsoft.AspNetCore.Http;

namespace EventSourcing.SocialFeed.Tests.Webhooks;

public sealed class SignatureTests(FeedFixture fixture)
{
    // The vector that the reference libraries of Standard Webhooks carry in their tests.
    private const string PublishedId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string PublishedBody = """{"test": 2432232314}""";
    private const string PublishedSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const long PublishedTime = 1_614_265_330;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PublishedSignature, true)]
    [InlineData($"v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= {PublishedSignature} v2,whatever", true)]
    [InlineData("v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=", false)]
    [InlineData("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=", false)]
    public void PublishedVector_Fits(string signature, bool fits) => Assert.Equal(fits, Verify(PublishedId, $"{PublishedTime}", signature, PublishedBody));

    [Fact]
    public void Body_InPieces_GivesTheSameSignature()
    {
        using var signature = Begin(PublishedId, $"{PublishedTime}", PublishedSignature, out _)!;
        foreach (var octet in Encoding.UTF8.GetBytes(PublishedBody))
            signature.Append([octet]);

        Assert.True(signature.Fits());
    }

    [Theory]
    [InlineData(PublishedBody + " ")]
    [InlineData("")]
    public void Body_Changed_DoesNotFit(string body) => Assert.False(Verify(PublishedId, $"{PublishedTime}", PublishedSignature, body));

    [Fact]
    public async Task Openssl_ComputesTheSameSignature()
    {
        var (id, timestamp, body) = ("msg_1", $"{PublishedTime}", "日本語 – two lines\nand a zero");
        var key = Convert.ToHexStringLower(Convert.FromBase64String(Signer.Key["whsec_".Length..]));
        var result = await ProcessRunner.RunAsync(
            "openssl", ["dgst", "-sha256", "-mac", "HMAC", "-macopt", $"hexkey:{key}", "-r"], $"{id}.{timestamp}.{body}", stop: Stop);
        var digest = Convert.FromHexString(result.EnsureSuccess().StandardOutput.Split(' ')[0]);

        Assert.True(Verify(id, timestamp, $"v1,{Convert.ToBase64String(digest)}", body));
    }

    [Theory]
    [InlineData(299, true)]
    [InlineData(-299, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void Timestamp_BeyondTheTolerance_IsRefused(int secondsOff, bool taken)
    {
        using var signature = Begin(PublishedId, $"{PublishedTime + secondsOff}", PublishedSignature, out var reason);

        Assert.Equal(taken, signature is not null);
        if (!taken)
            Assert.Contains("300 s", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "1614265330", PublishedSignature)]
    [InlineData(PublishedId, null, PublishedSignature)]
    [InlineData(PublishedId, "1614265330", null)]
    [InlineData("msg.1", "1614265330", PublishedSignature)]
    [InlineData("msg 1", "1614265330", PublishedSignature)]
    [InlineData(PublishedId, "-1", PublishedSignature)]
    [InlineData(PublishedId, "1614265330.5", PublishedSignature)]
    [InlineData(PublishedId, "99999999999999999999", PublishedSignature)]
    [InlineData(PublishedId, "1614265330", "v1,")]
    [InlineData(PublishedId, "1614265330", "v1,AAAA")]
    [InlineData(PublishedId, "1614265330", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    public void Headers_MissingOrMalformed_AreRefused(string? id, string? timestamp, string? signature)
    {
        Assert.Null(Begin(id, timestamp, signature, out var reason));
        Assert.NotEmpty(reason);
    }

    [Theory]
    [InlineData(Signer.Key, HttpStatusCode.Created)]
    [InlineData(Signer.OldKey, HttpStatusCode.Created)]
    [InlineData(Signer.StrangeKey, HttpStatusCode.Unauthorized)]
    public async Task Request_SignedWithAnyKeyOfTheFeed_IsTaken(string key, HttpStatusCode status)
    {
        var source = Posts.NewSource();
        var body = Encoding.UTF8.GetBytes("signed");
        using var request = Posts.Request(body, "text/plain", ("X-Author-Id", "a"), ("X-Source", source)).Signed(body, key: key);

        using var response = await fixture.Service.Http.SendAsync(request, Stop);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.Created ? 1 : 0, (await fixture.ReadPostsAsync(source)).Count);
        if (status == HttpStatusCode.Unauthorized)
        {
            Assert.Equal("urn:eventsourcing:unauthenticated", await response.ReadProblemTypeAsync(Stop));
            Assert.Equal("Webhook-Signature", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        }
    }

    [Theory]
    [InlineData("application/cloudevents+json")]
    [InlineData("application/cloudevents-batch+json")]
    [InlineData("image/png")]
    public async Task Request_WithABadSignature_LeavesNothingBehind(string contentType)
    {
        var used = fixture.Service.Services.GetService(typeof(EventSourcing.SocialFeed.Payloads.PayloadStore)) as EventSourcing.SocialFeed.Payloads.PayloadStore;
        var body = Posts.Random(300_000, seed: contentType.Length);
        using var request = Posts.Request(body, contentType, ("X-Author-Id", "a")).Signed(body, key: Signer.StrangeKey);

        using var response = await fixture.Service.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Null(used!.TryOpen(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body))));
    }

    private static bool Verify(string id, string timestamp, string signatures, string body)
    {
        using var signature = Begin(id, timestamp, signatures, out var reason);
        Assert.True(signature is not null, reason);
        signature.Append(Encoding.UTF8.GetBytes(body));
        return signature.Fits();
    }

    private static WebhookSignature? Begin(string? id, string? timestamp, string? signatures, out string reason)
    {
        Assert.True(SigningKey.TryParse(Signer.Key, out var key));
        Assert.True(SigningKey.TryParse(Signer.OldKey, out var old));
        var headers = new HeaderDictionary { ["webhook-id"] = id, ["webhook-timestamp"] = timestamp, ["webhook-signature"] = signatures };
        return WebhookSignature.Begin(headers, [old, key], DateTimeOffset.FromUnixTimeSeconds(PublishedTime), TimeSpan.FromMinutes(5), out reason);
    }
}
