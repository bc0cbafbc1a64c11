using System.Security.Cryptography;
using CloudNative.CloudEvents;
using EventSourcing.Firehose.Options;
using EventSourcing.Firehose.Posts;
using EventSourcing.LocalKafka;
using EventSourcing.SocialFeed.Payloads;
using EventSourcing.SocialFeed.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Net;

namespace EventSourcing.SocialFeed.Tests.Faults;

/// <summary>200 MB of mixed posts: memory stays flat, and every reference leads to the same bytes.</summary>
public sealed class LoadTests
{
    private const int Count = 950;
    private const long Bytes = 200_000_000;
    private const long MostResidentBytes = 320L * 1024 * 1024;
    private const long MostGrowthBytes = 64L * 1024 * 1024;

    private static readonly FirehoseOptions Options = new() { LargeEvery = 4, MaxPostBytes = 3_000_000, CorruptPercent = 0, Seed = 7 };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MixedPosts_200Megabytes_MemoryIsFlat_AndEveryReferenceResolves()
    {
        using var folder = new TempFolder("load");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var relay = new TcpRelay();
        await using var service = FeedProcess.Start(kafka.BootstrapServers, folder.Path, relay);
        using var http = new HttpClient { BaseAddress = new Uri($"http://{relay.Address}") };
        await service.AnswersAsync(http, Stop);
        await using var firehose = await FirehoseHost.StartAsync(
            new Uri(http.BaseAddress, "/webhooks/test"),
            ("Firehose:Count", $"{Count}"), ("Firehose:StreamPostsPerSecond", "0"), ("Firehose:PostsPerSecond", "10000"), ("Firehose:Networks", "4"),
            ("Firehose:LargeEvery", $"{Options.LargeEvery}"), ("Firehose:MaxPostBytes", $"{Options.MaxPostBytes}"), ("Firehose:CorruptPercent", "0"), ("Firehose:Seed", $"{Options.Seed}"));
        await Eventually.TrueAsync(() => firehose.Book.Totals.Stored >= Count / 4, "a quarter is stored", TimeSpan.FromMinutes(5), Stop);
        var early = service.PeakResidentBytes;
        await firehose.WaitForEndAsync(Stop).WaitAsync(TimeSpan.FromMinutes(5), Stop);
        var late = service.PeakResidentBytes;

        Assert.Equal((long)Count, firehose.Book.Totals.Stored);
        var (bytes, references) = await CheckAsync(kafka.BootstrapServers, firehose, new PayloadResolver(http, new Uri(http.BaseAddress, "/payloads/")));
        TestContext.Current.SendDiagnosticMessage(
            "{0} posts, {1} MB, {2} references; resident at most {3} MB after a quarter, {4} MB at the end", Count, bytes / 1_000_000, references, early >> 20, late >> 20);
        Assert.True(bytes >= Bytes, $"{bytes} bytes");
        Assert.InRange(late, 1, MostResidentBytes);
        Assert.InRange(late - early, 0, MostGrowthBytes);
    }

    private static async Task<(long Bytes, int References)> CheckAsync(string kafka, FirehoseHost firehose, PayloadResolver resolver)
    {
        var (bytes, references) = (0L, 0);
        foreach (var receipts in firehose.Book.Snapshot().Where(receipts => !receipts.Source.EndsWith("/stream", StringComparison.Ordinal)))
        {
            var generator = new PostGenerator(Options, int.Parse(receipts.Source.Split('/')[^1], null), isStream: false);
            foreach (var record in await Arrived.CheckAsync(kafka, receipts))
            {
                var sent = generator.Make(long.Parse(record.Header("ce_sequence")!, null));
                Assert.Equal((sent.Author, sent.ContentType), (record.Key, record.Header("content-type")));
                var hash = record.Value is { } value ? SHA256.HashData(value) : await ResolveAsync(resolver, record);
                Assert.Equal(SHA256.HashData(sent.Data), hash);
                bytes += sent.Data.Length;
                references += record.DataRef is null ? 0 : 1;
            }
        }

        return (bytes, references);
    }

    private static async Task<byte[]> ResolveAsync(PayloadResolver resolver, PostRecord record)
    {
        var reference = new CloudEvent { ["dataref"] = record.DataRef };
        using var sha = SHA256.Create();
        await using (var hashing = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
            await resolver.CopyToAsync(reference, hashing, Stop);
        return sha.Hash!;
    }
}
