using System.Diagnostics;
using System.Text;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Http;
using EventSourcing.SocialFeed.Tests.Support;
using EventSourcing.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventSourcing.SocialFeed.Tests.Streams;

public sealed class StreamTests(FeedFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_IsTaken_AndItsCursorReportedWhenItIsOnDisk()
    {
        var source = Posts.NewSource();
        await using var feed = await ScriptedFeed.StartAsync([.. Enumerable.Range(1, 100).Select(number => Data(Posts.Event(source, number, [(byte)number], "image/png")))]);
        using var folder = new TempFolder("stream");
        await using (await StartAsync(folder, feed, ("Streams:Sources:s:Token", "open sesame")))
            await Eventually.TrueAsync(() => feed.Commits.LastOrDefault() == "100", "the last cursor is reported", stop: Stop);

        var records = await fixture.ReadPostsAsync(source);
        Assert.Equal(Enumerable.Range(1, 100).Select(number => $"id-{number}"), records.Select(record => record.Id));
        Assert.DoesNotContain(records, record => record.IsMarked);
        Assert.Equal("Bearer open sesame", feed.Authorization);
        Assert.Equal(["""{"cursor":"100","isExact":true}"""], await File.ReadAllLinesAsync(folder.File("cursors/s.json"), Stop));
    }

    [Fact]
    public async Task Stream_AfterACleanStop_GoesOnBehindItsCursor_WithoutMarks()
    {
        var source = Posts.NewSource();
        string[] all = [.. Enumerable.Range(1, 20).Select(number => Data(Posts.Event(source, number, [1])))];
        using var folder = new TempFolder("stream");
        await using (var first = await ScriptedFeed.StartAsync(all[..10]))
        {
            await using var service = await StartAsync(folder, first);
            await Eventually.TrueAsync(() => first.Commits.LastOrDefault() == "10", "ten are taken", stop: Stop);
        }

        await using var second = await ScriptedFeed.StartAsync(all);
        await using (await StartAsync(folder, second))
            await Eventually.TrueAsync(() => second.Commits.LastOrDefault() == "20", "all are taken", stop: Stop);

        Assert.Equal("10", second.Cursors[0]);
        var records = await fixture.ReadPostsAsync(source);
        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"id-{number}"), records.Select(record => record.Id));
        Assert.DoesNotContain(records, record => record.IsMarked);
    }

    [Fact]
    public async Task Poison_IsADeadLetter_AndTheStreamGoesOn()
    {
        var source = Posts.NewSource();
        var mark = Guid.NewGuid().ToString("N");
        await using var feed = await ScriptedFeed.StartAsync(
            $"data: no JSON {mark}\n",
            $"data: {{\"mark\":\"{mark}\"}}\n",
            Data(Posts.Event(mark, 3, [1], type: "io.eventsourcing.social.like.v1")),
            $"data: {{\"mark\":\"{mark}\",\"long\":\"{new string('x', 200_000)}\"}}\n",
            string.Concat(Enumerable.Repeat("data: x\n", 60_000)),
            "event: heartbeat\ndata: \n",
            Data(Posts.Event(source, 7, [7])));
        using var folder = new TempFolder("stream");
        await using (await StartAsync(folder, feed, ("Streams:MaxEventBytes", "100000")))
            await Eventually.TrueAsync(() => feed.Commits.LastOrDefault() == "7", "the last one is taken", stop: Stop);

        Assert.Equal("id-7", Assert.Single(await fixture.ReadPostsAsync(source)).Id);
        var letters = await fixture.ReadDeadLettersAsync(mark);
        Assert.Equal(
            ["urn:eventsourcing:malformed-json", "urn:eventsourcing:invalid-event", "urn:eventsourcing:unknown-type", "urn:eventsourcing:too-large"],
            letters.OrderBy(letter => letter.Header("ce_time"), StringComparer.Ordinal).Select(letter => letter.Header("ce_reason")));
        Assert.All(letters, letter => Assert.Equal("stream s", letter.Header("ce_subject")));
        Assert.Single(feed.Cursors);
    }

    [Fact]
    public async Task Stop_WhileTheSenderDoesNotAnswerReports_IsNotHeldUp()
    {
        await using var feed = await ScriptedFeed.StartAsync(Data(Posts.Event(Posts.NewSource(), 1, [1])));
        feed.AnswersReports = false;
        using var folder = new TempFolder("stream");
        var service = await StartAsync(folder, feed);
        await Eventually.TrueAsync(() => feed.Commits.Count > 0, "a report has no answer", stop: Stop);

        var clock = Stopwatch.StartNew();
        await service.DisposeAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Sender_Gone_IsDegraded_AndReadAgainBehindTheLastOne()
    {
        var source = Posts.NewSource();
        using var folder = new TempFolder("stream");
        await using var relay = new EventSourcing.TestKit.Net.TcpRelay();
        await using var feed = await ScriptedFeed.StartAsync([.. Enumerable.Range(1, 5).Select(number => Data(Posts.Event(source, number, [1])))]);
        relay.Target = feed.Uri.Port;
        await using var service = await FeedHost.StartAsync(
            fixture.BootstrapServers, folder.Path, null, ("Streams:Sources:s:Uri", $"http://{relay.Address}/feed"), ("Streams:FirstDelay", "00:00:00.050"));
        await Eventually.TrueAsync(async _ => (await fixture.ReadPostsAsync(source)).Count == 5, "all are taken", stop: Stop);
        Assert.Equal("Healthy", await service.Http.GetStringAsync("/health", Stop));

        relay.Refuse();
        await Eventually.TrueAsync(async stop => await service.Http.GetStringAsync("/health", stop) == "Degraded", "the stream is away", stop: Stop);
        relay.Restore();
        await Eventually.TrueAsync(async stop => await service.Http.GetStringAsync("/health", stop) == "Healthy", "the stream is back", stop: Stop);

        Assert.Equal("5", feed.Cursors[^1]);
        Assert.Equal(5, (await fixture.ReadPostsAsync(source)).Count);
    }

    [Fact]
    public async Task PostRefusedForNow_GoesBackToTheCursor_AndMarksWhatFollows()
    {
        var source = Posts.NewSource();
        using var folder = new TempFolder("stream");
        await using var feed = await ScriptedFeed.StartAsync(
            Data(Posts.Event(source, 1, Posts.Random(600_000, 1), "image/png")),
            Data(Posts.Event(source, 2, [2])),
            Data(Posts.Event(source, 3, Posts.Random(600_000, 3), "image/png")),
            Data(Posts.Event(source, 4, [4])));
        await using var service = await StartAsync(
            folder, feed, ("Payloads:QuotaBytes", "1048576"), ("Payloads:MaxPayloadBytes", "1048576"), ("Payloads:Retention", "00:00:02"), ("Payloads:SweepInterval", "00:00:00.200"));

        await Eventually.TrueAsync(() => feed.Commits.LastOrDefault() == "4", "there is room again, and the rest is taken", stop: Stop);

        var records = await fixture.ReadPostsAsync(source);
        Assert.Equal(["id-1", "id-2", "id-3", "id-4"], records.DistinctBy(record => record.Id).Select(record => record.Id));
        Assert.Equal(4, records.Count(record => !record.IsMarked) + records.DistinctBy(record => record.Id).Count(record => record.IsMarked));
        Assert.Contains("2", feed.Cursors);
    }

    [Fact]
    public async Task Cursor_ThatIsNone_StopsTheService()
    {
        using var folder = new TempFolder("stream");
        await using var feed = await ScriptedFeed.StartAsync();
        await File.WriteAllTextAsync(folder.File("cursors/s.json"), "spoilt", Stop);

        try
        {
            await using var service = await StartAsync(folder, feed);
            var lifetime = service.Services.GetRequiredService<IHostApplicationLifetime>();
            await Eventually.TrueAsync(() => lifetime.ApplicationStopping.IsCancellationRequested, "the service stops", stop: Stop);
        }
        catch (OperationCanceledException) when (!Stop.IsCancellationRequested)
        {
            // It stopped before its start had ended.
        }
    }

    private static string Data(CloudEvent cloudEvent)
    {
        using var message = new HttpRequestMessage();
        message.SetCloudEvent(cloudEvent, ContentMode.Structured);
        using var reader = new StreamReader(message.Content!.ReadAsStream(Stop), Encoding.UTF8);
        return $"data: {reader.ReadToEnd()}\n";
    }

    private Task<FeedHost> StartAsync(TempFolder folder, ScriptedFeed feed, params (string, string?)[] settings) => FeedHost.StartAsync(
        fixture.BootstrapServers, folder.Path, null,
        [("Streams:Sources:s:Uri", feed.Uri.ToString()), ("Streams:Sources:s:CommitUri", new Uri(feed.Uri, "/committed").ToString()), ("Streams:FirstDelay", "00:00:00.050"), .. settings]);
}
