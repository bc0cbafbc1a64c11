using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using EventSourcing.LocalKafka;
using EventSourcing.SocialFeed.Tests.Support;
using EventSourcing.SocialFeed.Webhooks;
using EventSourcing.TestKit;

namespace EventSourcing.SocialFeed.Tests.Faults;

public sealed class LimitTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

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

    [Fact]
    public async Task SpoolFull_Is429_AndWhatIsSpooledArrives()
    {
        using var folder = new TempFolder("spool-full");
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await FeedHost.StartAsync(broker.BootstrapServers, folder.Path, null, ("Backbone:Routes:social-posts:SpoolBytes", "65536"));
        var source = Posts.NewSource();
        await broker.StopAsync();
        var (number, accepted) = (0, 0);

        await Eventually.TrueAsync(async stop =>
        {
            using var response = await service.PostAsync(Posts.Event(source, ++number, Posts.Random(20_000), "image/png"), ContentMode.Binary, stop);
            accepted += response.StatusCode == HttpStatusCode.Accepted ? 1 : 0;
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
                return false;
            Assert.Equal("urn:eventsourcing:spool-full", await response.ReadProblemTypeAsync(stop));
            Assert.NotNull(response.Headers.RetryAfter);
            return true;
        }, "the spool is full", stop: Stop);

        Assert.InRange(accepted, 1, 5);
        await broker.RestartAsync(Stop);
        await Eventually.TrueAsync(async _ => (await PostRecord.ReadAsync(broker.BootstrapServers, source)).Count == accepted, "the spool is drained", stop: Stop);
    }

    [Fact]
    public async Task StoreGone_LargePostsAre503()
    {
        using var folder = new TempFolder("gone");
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await FeedHost.StartAsync(broker.BootstrapServers, folder.Path);
        Directory.Delete(Path.Combine(folder.Path, "payloads", "incoming"));

        using var response = await service.PostAsync(Posts.Event(Posts.NewSource(), 1, Posts.Random(200_000), "image/png"), ContentMode.Binary, Stop);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:eventsourcing:payload-store-unavailable"), (response.StatusCode, await response.ReadProblemTypeAsync(Stop)));
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Service_Stopping_AnswersWhatItHasBegun()
    {
        using var folder = new TempFolder("stopping");
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await FeedHost.StartAsync(broker.BootstrapServers, folder.Path);
        var (source, body, gate) = (Posts.NewSource(), Posts.Random(150_000), new TaskCompletionSource());
        using var slow = Posts.Request(body, "image/png", ("X-Author-Id", "a"), ("X-Source", source)).Signed(body);
        slow.Content = new HeldContent(body, gate.Task);
        var budget = (WebhookBudget)service.Services.GetService(typeof(WebhookBudget))!;

        var held = service.Http.SendAsync(slow, Stop);
        await Eventually.TrueAsync(() => budget.BodyBytes > 0, "the body is being received", stop: Stop);
        var stopping = service.StopAsync();
        gate.SetResult();
        using var answer = await held;
        await stopping;

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.NotNull(Assert.Single(await PostRecord.ReadAsync(broker.BootstrapServers, source)).DataRef);
    }

    [Fact]
    public async Task Body_ThatComesTooSlowly_Is408()
    {
        using var folder = new TempFolder("slow");
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await FeedHost.StartAsync(broker.BootstrapServers, folder.Path);
        var body = Posts.Random(10_000);
        using var signed = Posts.Request(body, "image/png").Signed(body);
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(service.Address.Host, service.Address.Port, Stop);
        var head = $"POST /webhooks/test HTTP/1.1\r\nHost: feed\r\nContent-Length: {body.Length}\r\n"
            + string.Concat(signed.Headers.Select(header => $"{header.Key}: {header.Value.Single()}\r\n")) + "\r\n";
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(head), Stop);
        using var answer = new StreamReader(client.GetStream());

        Assert.StartsWith("HTTP/1.1 408", await answer.ReadLineAsync(Stop), StringComparison.Ordinal);
        Assert.Contains("urn:eventsourcing:slow-body", await answer.ReadToEndAsync(Stop), StringComparison.Ordinal);
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
