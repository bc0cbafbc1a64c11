using System.Net;
using System.Text;
using EventSourcing.LocalKafka;
using EventSourcing.MobileBff.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.MobileBff.Tests.Endpoints;

public sealed class RefusalTests(BffFixture fixture)
{
    private const string Batch = "application/cloudevents-batch+json";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string?> BadTokens => new()
    {
        { "none", null },
        { "no token", "hello" },
        { "wrong key", Tokens.For("i-1", key: new string('x', 40)) },
        { "unknown key id", Tokens.For("i-1", keyId: "k9") },
        { "expired", Tokens.For("i-1", life: TimeSpan.FromSeconds(-2)) },
        { "for ever", Tokens.For("i-1", life: TimeSpan.FromDays(500)) },
        { "another installation's signature", Tokens.For("i-1").Replace("i-1", "i-2", StringComparison.Ordinal) },
        { "bad installation id", Tokens.Sign("d1.k1.i 1.9999999999") },
        { "time beyond the calendar", Tokens.Sign("d1.k1.i-1.9223372036854775807") },
        { "signature with a foreign last bit", Tokens.For("i-1")[..^1] + "!" },
    };

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task Request_WithoutAGoodToken_Is401_OnEveryRoute(string what, string? token)
    {
        Assert.NotEmpty(what);
        foreach (var path in (string[])["/events", "/web/events", "/sensors/readings"])
        {
            using var response = await fixture.Service.SendAsync(token, path, "[]", Batch, Stop);

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("unauthenticated", await response.ProblemAsync(Stop));
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task BlockedInstallation_Is403()
    {
        using var folder = new TempFolder("bff");
        await using var service = await BffHost.StartAsync(fixture.BootstrapServers, folder.Path, ("DeviceTokens:Blocked:0", "stolen"));

        using var refused = await service.PostAsync("stolen", "[]", Stop);
        using var taken = await service.PostAsync("owned", "[]", Stop);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (refused.StatusCode, taken.StatusCode));
        Assert.Equal("installation-blocked", await refused.ProblemAsync(Stop));
    }

    [Theory]
    [InlineData("[", Batch, HttpStatusCode.BadRequest, "malformed-json")]
    [InlineData("", Batch, HttpStatusCode.BadRequest, "malformed-json")]
    [InlineData("{}", Batch, HttpStatusCode.UnprocessableEntity, "invalid-event")]
    [InlineData("[]", "application/json", HttpStatusCode.UnsupportedMediaType, "unsupported-content-type")]
    [InlineData("[]", Batch + "; charset=utf-16", HttpStatusCode.UnsupportedMediaType, "unsupported-content-type")]
    public async Task Body_ThatIsNoBatch_IsRefusedAsAWhole(string body, string contentType, HttpStatusCode status, string type)
    {
        using var response = await fixture.Service.SendAsync(Tokens.For(Sample.NewInstallation()), "/events", body, contentType, Stop);

        Assert.Equal((status, type), (response.StatusCode, await response.ProblemAsync(Stop)));
    }

    [Fact]
    public async Task Batch_TooLargeOrTooLong_Is413_AlsoWithoutContentLength()
    {
        var installation = Sample.NewInstallation();
        var large = $"[\"{new string('x', 1_100_000)}\"]";
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/events") { Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(large))) };
        chunked.Content.Headers.TryAddWithoutValidation("Content-Type", Batch);
        chunked.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Tokens.For(installation)}");
        chunked.Headers.TransferEncodingChunked = true;

        using var announced = await fixture.Service.PostAsync(installation, large, Stop);
        using var unannounced = await fixture.Service.Http.SendAsync(chunked, Stop);
        using var tooMany = await fixture.Service.PostAsync(installation, Sample.Batch(Enumerable.Repeat("1", 201)), Stop);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too-large"), (announced.StatusCode, await announced.ProblemAsync(Stop)));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too-large"), (unannounced.StatusCode, await unannounced.ProblemAsync(Stop)));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too-many-events"), (tooMany.StatusCode, await tooMany.ProblemAsync(Stop)));
    }

    [Fact]
    public async Task InstallationThatSendsTooMuch_Is429_WithRetryAfter_AndOthersAreNot()
    {
        using var folder = new TempFolder("bff");
        await using var service = await BffHost.StartAsync(
            fixture.BootstrapServers, folder.Path, ("Installations:EventsPerSecond", "1"), ("Installations:BurstEvents", "200"));
        var (greedy, modest) = (Sample.NewInstallation(), Sample.NewInstallation());
        await service.VerdictsAsync(greedy, Sample.Batch(greedy, 1, 150), Stop);

        using var refused = await service.PostAsync(greedy, Sample.Batch(greedy, 151, 150), Stop);
        var others = await service.VerdictsAsync(modest, Sample.Batch(modest, 1, 150), Stop);

        Assert.Equal((HttpStatusCode.TooManyRequests, "rate-limited"), (refused.StatusCode, await refused.ProblemAsync(Stop)));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 200);
        Assert.Equal(150, others.Count);
        Assert.Equal(150, (await fixture.ReadAsync(greedy)).Count);
    }

    [Fact]
    public async Task BackboneDown_Is503_AndTheSameBatchIsStoredOnceWhenItIsBack()
    {
        using var folder = new TempFolder("bff");
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await BffHost.StartAsync(
            broker.BootstrapServers, folder.Path, ("Backbone:Routes:mobile-events:DeliveryTimeout", "00:00:01"));
        var installation = Sample.NewInstallation();
        await service.VerdictsAsync(installation, Sample.Batch(installation, 1, 5), Stop);
        await broker.StopAsync();

        using var refused = await service.PostAsync(installation, Sample.Batch(installation, 1, 10), Stop);
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);          // five are known to be stored
        Assert.NotNull(refused.Headers.RetryAfter);
        using var whole = await service.PostAsync(installation, Sample.Batch(installation, 6, 5), Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, whole.StatusCode);

        await broker.RestartAsync(Stop);
        await Eventually.TrueAsync(async stop =>
        {
            using var again = await service.PostAsync(installation, Sample.Batch(installation, 1, 10), stop);
            return again.StatusCode == HttpStatusCode.OK && again.Headers.RetryAfter is null;
        }, "the batch is taken again", stop: Stop);
        var records = await BffFixture.ReadAsync(broker.BootstrapServers, installation);
        Assert.Equal(Enumerable.Range(1, 10).Select(number => $"{number}"), records.Select(record => record.Id).Distinct());
        Assert.All(records.GroupBy(record => record.Id), copies => Assert.InRange(copies.Count(copy => !copy.IsMarked), 0, 1));
    }
}
