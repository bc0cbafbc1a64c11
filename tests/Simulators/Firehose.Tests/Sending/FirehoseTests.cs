using System.Net;
using System.Net.Http.Json;
using EventSourcing.LocalKafka;
using EventSourcing.Receipts;
using EventSourcing.SocialFeed;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.Firehose.Tests.Sending;

/// <summary>The firehose against the real SocialFeed on LocalKafka.</summary>
public sealed class FirehoseTests
{
    private const string Key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WithACount_EndsByItself_AndEveryReceiptIsTrue()
    {
        const int Count = 1_000;
        const int StreamCount = 800;
        using var folder = new TempFolder("firehose");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        var port = FreePort.Next();
        await using var feed = await StartFeedAsync(kafka.BootstrapServers, folder, $"http://127.0.0.1:{port}");
        await using var firehose = await StartFirehoseAsync(
            port, feed.Urls.Single(), ("Firehose:Count", $"{Count}"), ("Firehose:StreamCount", $"{StreamCount}"), ("Firehose:CorruptPercent", "5"));
        var book = firehose.Services.GetRequiredService<ReceiptBook>();

        await firehose.WaitForShutdownAsync(Stop).WaitAsync(TimeSpan.FromMinutes(3), Stop);
        var records = await TopicLog.ReadAsync(kafka.BootstrapServers, "social-posts");

        Assert.Equal((StreamCount, Count, 0), (book.Totals.Spooled, book.Totals.Stored + book.Totals.Rejected, book.Totals.Unanswered));
        Assert.InRange(book.Totals.Rejected, Count * 2 / 100, Count * 9 / 100);
        Assert.Equal(book.Totals.Stored + StreamCount, records.Count);
        Assert.DoesNotContain(records, record => record.IsMarked);
        foreach (var source in book.Snapshot())
        {
            var own = records.Where(record => record.Header("ce_source") == source.Source).ToList();
            Assert.All(own, record => Assert.True((source.Stored?.Contains(Number(record)) ?? false) || (source.Spooled?.Contains(Number(record)) ?? false)));
            Assert.All(own.GroupBy(record => record.Key), author =>
                Assert.Equal(author.Select(Number).Order(), author.OrderBy(record => record.Offset).Select(Number)));
        }

        var letters = await TopicLog.CountAsync(kafka.BootstrapServers, "dead-letters");
        Assert.InRange(letters, 1, book.Totals.Rejected);     // a wrong signature leaves none
    }

    [Fact]
    public async Task Stop_EndsTheRun_WithEveryAnswerBooked()
    {
        using var folder = new TempFolder("firehose");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        var port = FreePort.Next();
        await using var feed = await StartFeedAsync(kafka.BootstrapServers, folder, $"http://127.0.0.1:{port}");
        await using var firehose = await StartFirehoseAsync(port, feed.Urls.Single());
        var book = firehose.Services.GetRequiredService<ReceiptBook>();

        await Eventually.TrueAsync(() => book.Totals.Stored > 200 && book.Totals.Spooled > 200, "posts are taken on both ways", stop: Stop);
        await firehose.StopAsync(Stop);
        var records = await TopicLog.ReadAsync(kafka.BootstrapServers, "social-posts");

        Assert.Equal(0, book.Totals.Unanswered);
        Assert.Equal(book.Totals.Stored + book.Totals.Spooled, records.Count);
    }

    [Fact]
    public async Task Feed_Away_IsTriedAgain_MarkedWhenNobodyKnows()
    {
        using var folder = new TempFolder("firehose");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        var port = FreePort.Next();
        await using var relay = new TcpRelay();
        await using var feed = await StartFeedAsync(kafka.BootstrapServers, folder, $"http://127.0.0.1:{port}");
        relay.Target = new Uri(feed.Urls.Single()).Port;
        await using var firehose = await StartFirehoseAsync(
            port, $"http://{relay.Address}", ("Firehose:Count", "600"), ("Firehose:StreamCount", "100"), ("Firehose:CorruptPercent", "0"));
        var book = firehose.Services.GetRequiredService<ReceiptBook>();

        for (var cut = 1; cut <= 4; cut++)
        {
            await Eventually.TrueAsync(() => book.Totals.Stored >= cut * 100, "posts are stored", stop: Stop);
            relay.Cut();
        }

        await firehose.WaitForShutdownAsync(Stop).WaitAsync(TimeSpan.FromMinutes(3), Stop);
        var records = await TopicLog.ReadAsync(kafka.BootstrapServers, "social-posts");
        Assert.Equal((600, 100, 0), (book.Totals.Stored, book.Totals.Spooled, book.Totals.Unanswered));
        Assert.Equal(700, records.DistinctBy(record => (record.Header("ce_source"), record.Header("ce_sequence"))).Count());
        Assert.All(records.GroupBy(record => (record.Header("ce_source"), record.Header("ce_sequence"))), copies =>
            Assert.InRange(copies.Count(copy => !copy.IsMarked), 0, 1));
    }

    [Fact]
    public async Task Stream_WantsItsToken_AndKnowsWhatItSent()
    {
        var port = FreePort.Next();
        await using var firehose = await StartFirehoseAsync(
            port, $"http://127.0.0.1:{FreePort.Next()}", ("Firehose:StreamToken", "open sesame"), ("Firehose:StreamCount", "3"));
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/feed", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsJsonAsync("/feed/committed", new { cursor = "x" }, Stop)).StatusCode);
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer open sesame");

        using var lines = new StreamReader(await http.GetStreamAsync("/feed", Stop));
        var ids = new List<string>();
        while (ids.Count < 3)
        {
            if (await lines.ReadLineAsync(Stop) is ['i', 'd', ':', .. var id])
                ids.Add(id.Trim());
        }

        var unsent = $"{ids[0].Split('-')[0]}-4";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await http.PostAsJsonAsync("/feed/committed", new { cursor = unsent }, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await http.PostAsJsonAsync("/feed/committed", new { cursor = "other-9" }, Stop)).StatusCode);
        Assert.Equal(0, firehose.Services.GetRequiredService<ReceiptBook>().Totals.Spooled);
        Assert.Equal(HttpStatusCode.NoContent, (await http.PostAsJsonAsync("/feed/committed", new { cursor = ids[1] }, Stop)).StatusCode);
        Assert.Equal(2, firehose.Services.GetRequiredService<ReceiptBook>().Totals.Spooled);
    }

    private static long Number(TopicRecord record) => long.Parse(record.Header("ce_sequence")!, null);

    private static async Task<WebApplication> StartFirehoseAsync(int port, string feed, params (string Key, string? Value)[] more)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Firehose:Webhook"] = $"{feed}/webhooks/firehose",
            ["Firehose:Key"] = Key,
            ["Firehose:PostsPerSecond"] = "500",
            ["Firehose:StreamPostsPerSecond"] = "500",
            ["Firehose:MaxPostBytes"] = "300000",
            ["Firehose:DrainTimeout"] = "00:00:30",
            ["Receipts:Ledger"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Receipts:Timeout"] = "00:00:00.200",
        });
        builder.Configuration.AddInMemoryCollection(more.ToDictionary(own => own.Key, own => own.Value));
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.AddFirehose();
        var app = builder.Build();
        app.MapFirehoseEndpoints();
        await app.StartAsync(Stop);
        return app;
    }

    private static async Task<WebApplication> StartFeedAsync(string bootstrapServers, TempFolder folder, string firehose)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = folder.Path });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:kafka"] = bootstrapServers,
            ["Backbone:SpoolDirectory"] = Path.Combine(folder.Path, "spool"),
            ["Payloads:Directory"] = Path.Combine(folder.Path, "payloads"),
            ["Streams:CursorDirectory"] = Path.Combine(folder.Path, "cursors"),
            ["Webhooks:Feeds:firehose:Keys:0"] = Key,
            ["Streams:Sources:firehose:Uri"] = $"{firehose}/feed",
            ["Streams:Sources:firehose:CommitUri"] = $"{firehose}/feed/committed",
            ["Streams:LongestDelay"] = "00:00:00.500",
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Next()}");
        builder.AddServiceDefaults();
        builder.AddSocialFeed();
        var app = builder.Build();
        app.MapSocialFeedEndpoints();
        await app.StartAsync(Stop);
        return app;
    }
}
