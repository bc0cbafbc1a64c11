using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using EventSourcing.LocalKafka;
using EventSourcing.SocialFeed.Tests.Support;
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
}
