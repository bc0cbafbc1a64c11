using EventSourcing.LocalKafka;
using EventSourcing.SocialFeed.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Net;

namespace EventSourcing.SocialFeed.Tests.Faults;

/// <summary>SIGKILL in the middle: nothing that was receipted is lost, and nothing is there twice without a mark.</summary>
public sealed class KillTests
{
    private const int Count = 1_500;
    private const int StreamCount = 3_000;
    private const int Kills = 3;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServiceKilled_WhileTheFirehosePosts_EverythingReceiptedArrives_CopiesAreMarked()
    {
        using var folder = new TempFolder("kill");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var relay = new TcpRelay();
        await using var firehose = await FirehoseHost.StartAsync(
            new Uri($"http://{relay.Address}/webhooks/test"),
            ("Firehose:Count", $"{Count}"), ("Firehose:StreamCount", $"{StreamCount}"), ("Firehose:PostsPerSecond", "400"), ("Firehose:StreamPostsPerSecond", "800"),
            ("Firehose:LargeEvery", "20"), ("Firehose:MaxPostBytes", "300000"), ("Firehose:Authors", "5"));
        (string, string?)[] stream =
        [
            ("Streams:Sources:firehose:Uri", firehose.Feed.ToString()),
            ("Streams:Sources:firehose:CommitUri", $"{firehose.Feed}/committed"),
            ("Streams:LongestDelay", "00:00:00.500"),
        ];
        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var service = FeedProcess.Start(kafka.BootstrapServers, folder.Path, relay, stream);
            var (http, streamed) = (kill * Count / (Kills + 1), kill * StreamCount / (Kills + 1));
            await Eventually.TrueAsync(
                () => service.HasExited ? throw new InvalidOperationException(service.Output) : HttpAnswers(firehose) >= http && StreamAnswers(firehose) >= streamed,
                $"{http} answers and {streamed} of the stream", TimeSpan.FromMinutes(5), Stop);
            await service.KillAsync();
        }

        await using (var last = FeedProcess.Start(kafka.BootstrapServers, folder.Path, relay, stream))
            await firehose.WaitForEndAsync(Stop).WaitAsync(TimeSpan.FromMinutes(5), Stop);

        var totals = firehose.Book.Totals;
        Assert.Equal((Count + StreamCount, 0), (totals.Stored + totals.Spooled + totals.Rejected, totals.Unanswered));
        var copies = 0;
        foreach (var receipts in firehose.Book.Snapshot())
        {
            var first = await Arrived.CheckAsync(kafka.BootstrapServers, receipts);
            copies += (await PostRecord.ReadAsync(kafka.BootstrapServers, receipts.Source)).Count - first.Count;
            if (receipts.Source.EndsWith("/stream", StringComparison.Ordinal))
                Assert.Equal(Enumerable.Range(1, StreamCount).Select(number => $"{number}"), first.Select(record => record.Id).OrderBy(id => int.Parse(id, null)));
        }

        TestContext.Current.SendDiagnosticMessage("{0}; {1} marked copies", totals, copies);
    }

    [Fact]
    public async Task ServiceKilled_BetweenStoreAndEvent_PostSentAgainArrivesOnce_OrphanIsSwept()
    {
        using var folder = new TempFolder("orphan");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var relay = new TcpRelay();
        using var http = new HttpClient { BaseAddress = new Uri($"http://{relay.Address}"), Timeout = TimeSpan.FromSeconds(60) };
        var source = Posts.NewSource();
        var (again, orphan) = (Posts.Random(200_000, seed: 1), Posts.Random(200_000, seed: 2));
        var data = Path.Combine(folder.Path, "payloads", "data");

        // Without its topic the event waits in the client, while its payload is on disk: that is where the service is killed.
        await using (var service = FeedProcess.Start(kafka.BootstrapServers, folder.Path, relay, ("Backbone:CreateTopics", "false")))
        {
            await service.AnswersAsync(http, Stop, "/alive");
            var sending = Task.WhenAll(SendAsync(http, source, "msg_again", again), SendAsync(http, source, "msg_orphan", orphan));
            await Eventually.TrueAsync(() => Directory.GetFiles(data).Length == 2, "both payloads are stored", stop: Stop);
            Assert.False(sending.IsCompleted);
            await service.KillAsync();
            await Assert.ThrowsAsync<HttpRequestException>(() => sending);
        }

        (string, string?)[] settings = [("Payloads:Retention", "00:00:15"), ("Payloads:SweepInterval", "00:00:00.200")];
        await using var last = FeedProcess.Start(kafka.BootstrapServers, folder.Path, relay, settings);
        await last.AnswersAsync(http, Stop);
        using var answer = await SendAsync(http, source, "msg_again", again, isCopy: true);
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
        var record = Assert.Single(await PostRecord.ReadAsync(kafka.BootstrapServers, source));
        Assert.Equal(("msg_again", true), (record.Id, record.IsMarked));
        Assert.Equal(again, await http.GetByteArrayAsync(new Uri(record.DataRef!), Stop));
        await Eventually.TrueAsync(() => Directory.GetFiles(data) is [var left] && left.Contains(new Uri(record.DataRef!).Segments[^1], StringComparison.Ordinal),
            "the orphan is swept, the other one not yet", stop: Stop);
        await Eventually.TrueAsync(() => Directory.GetFiles(data).Length == 0, "the other one is swept, too", stop: Stop);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await http.GetAsync(new Uri(record.DataRef!), Stop)).StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string source, string id, byte[] body, bool isCopy = false)
    {
        var request = Posts.Request(body, "image/png", ("X-Author-Id", "a"), ("X-Source", source)).Signed(body, id);
        if (isCopy)
            request.Headers.TryAddWithoutValidation("redelivery", "possible-duplicate");
        return await http.SendAsync(request, Stop);
    }

    private static long HttpAnswers(FirehoseHost firehose) => firehose.Book.Totals.Stored + firehose.Book.Totals.Rejected;

    private static long StreamAnswers(FirehoseHost firehose) => firehose.Book.Totals.Spooled;
}
