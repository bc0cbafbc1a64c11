using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using EventSourcing.LocalKafka;
using EventSourcing.SocialFeed.Tests.Support;
using EventSourcing.SocialFeed.Webhooks;
using EventSourcing.TestKit;

namespace EventSourcing.SocialFeed.Tests.Faults;

public sealed class OutageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BackboneDown_Is202Spooled_AndEverythingArrivesOnceInOrderAfterwards()
    {
        using var folder = new TempFolder("outage");
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await FeedHost.StartAsync(broker.BootstrapServers, folder.Path);
        var source = Posts.NewSource();
        using (var before = await service.PostAsync(Posts.Event(source, 1, [1]), ContentMode.Binary, Stop))
            Assert.Equal(HttpStatusCode.Created, before.StatusCode);
        await broker.StopAsync();

        for (var number = 2; number <= 40; number += 3)
        {
            using var small = await service.PostAsync(Posts.Event(source, number, [2]), ContentMode.Structured, Stop);
            using var large = await service.PostAsync(Posts.Event(source, number + 1, Posts.Random(100_000, number), "image/png"), ContentMode.Binary, Stop);
            using var batch = await service.PostBatchAsync([Posts.Event(source, number + 2, [3])], Stop);
            Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (small.StatusCode, large.StatusCode));
            Assert.Equal("spooled", (await small.Content.ReadFromJsonAsync<JsonNode>(Stop))!["status"]!.GetValue<string>());
            Assert.Equal("spooled", (await batch.Content.ReadFromJsonAsync<JsonArray>(Stop))![0]!["status"]!.GetValue<string>());
        }

        Assert.Equal("Degraded", await service.Http.GetStringAsync("/health", Stop));
        await broker.RestartAsync(Stop);
        var records = await Eventually.ValueAsync(
            _ => PostRecord.ReadAsync(broker.BootstrapServers, source), records => records.Count >= 40, "the spool is drained", stop: Stop);
        Assert.Equal(Enumerable.Range(1, 40).Select(number => $"id-{number}"), records.Select(record => record.Id));
        Assert.Equal(13, records.Count(record => record.DataRef is not null));
    }

    [Fact]
    public async Task BackboneDown_RouteThatRefuses_Is503WithRetryAfter()
    {
        using var folder = new TempFolder("outage");
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await FeedHost.StartAsync(
            broker.BootstrapServers, folder.Path, null,
            ("Backbone:Routes:social-posts:Failover", "Refuse"), ("Backbone:Routes:social-posts:DeliveryTimeout", "00:00:02"));
        await broker.StopAsync();

        using var one = await service.PostAsync(Posts.Event(Posts.NewSource(), 1, [1]), ContentMode.Binary, Stop);
        using var batch = await service.PostBatchAsync([Posts.Event(Posts.NewSource(), 1, [1]), Posts.Event(Posts.NewSource(), 2, [1])], Stop);

        Assert.All([one, batch], response =>
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
        });
        Assert.Contains(await one.ReadProblemTypeAsync(Stop), new[] { "urn:eventsourcing:backbone-unreachable", "urn:eventsourcing:outcome-unknown" });
    }

    [Fact]
    public async Task StoreFull_LargePostsAre503_SmallOnesGoOn()
    {
        using var folder = new TempFolder("full");
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await FeedHost.StartAsync(
            broker.BootstrapServers, folder.Path, null, ("Payloads:QuotaBytes", "1048576"), ("Payloads:MaxPayloadBytes", "1048576"));
        var source = Posts.NewSource();

        using var first = await service.PostAsync(Posts.Event(source, 1, Posts.Random(900_000), "image/png"), ContentMode.Binary, Stop);
        using var raw = await service.PostAsync(Posts.Event(source, 2, Posts.Random(200_000, 2), "image/png"), ContentMode.Binary, Stop);
        using var batch = await service.PostBatchAsync(
            [Posts.Event(source, 3, [3]), Posts.Event(source, 4, Posts.Random(200_000, 4), "image/png"), Posts.Event(source, 5, [5])], Stop);
        using var small = await service.PostAsync(Posts.Event(source, 6, [6]), ContentMode.Binary, Stop);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable, HttpStatusCode.Created), (first.StatusCode, raw.StatusCode, small.StatusCode));
        Assert.Equal("urn:eventsourcing:payload-store-full", await raw.ReadProblemTypeAsync(Stop));
        Assert.NotNull(raw.Headers.RetryAfter);
        // Behind a post that is refused for now the others wait, so that none overtakes it.
        var verdicts = (await batch.Content.ReadFromJsonAsync<JsonArray>(Stop))!;
        Assert.Equal(["stored", "rejected", "rejected"], verdicts.Select(verdict => verdict!["status"]!.GetValue<string>()));
        Assert.All(verdicts.Skip(1), verdict => Assert.Equal(1, verdict!["retryAfter"]!.GetValue<int>()));
        Assert.Equal(["id-1", "id-3", "id-6"], (await PostRecord.ReadAsync(broker.BootstrapServers, source)).Select(record => record.Id));
    }

    [Fact]
    public async Task Bodies_BeyondTheBudget_Are429()
    {
        using var folder = new TempFolder("busy");
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await FeedHost.StartAsync(
            broker.BootstrapServers, folder.Path, null, ("Webhooks:MaxInFlightBytes", "65537"), ("Webhooks:MaxStructuredBytes", "65536"));
        var gate = new TaskCompletionSource();
        var body = Posts.Random(65_000);
        using var slow = Posts.Request(body, "image/png", ("X-Author-Id", "a")).Signed(body);
        slow.Content = new HeldContent(body, gate.Task);

        var held = service.Http.SendAsync(slow, Stop);
        var budget = (WebhookBudget)service.Services.GetService(typeof(WebhookBudget))!;
        await Eventually.TrueAsync(() => budget.BodyBytes == body.Length, "the slow body has its room", stop: Stop);
        using (var other = await service.PostAsync(Posts.Event(Posts.NewSource(), 1, Posts.Random(2_000), "image/png"), ContentMode.Binary, Stop))
        {
            Assert.Equal((HttpStatusCode.TooManyRequests, "urn:eventsourcing:busy"), (other.StatusCode, await other.ReadProblemTypeAsync(Stop)));
            Assert.NotNull(other.Headers.RetryAfter);
        }

        gate.SetResult();

        using var taken = await held;
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
    }

    private sealed class HeldContent(byte[] body, Task gate) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(body.AsMemory(0, 1_000), Stop);
            await stream.FlushAsync(Stop);
            await gate;
            await stream.WriteAsync(body.AsMemory(1_000), Stop);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
