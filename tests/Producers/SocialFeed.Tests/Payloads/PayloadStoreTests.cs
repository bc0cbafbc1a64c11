using System.Security.Cryptography;
using EventSourcing.EventBackbone;
using EventSourcing.SocialFeed.Options;
using EventSourcing.SocialFeed.Payloads;
using EventSourcing.SocialFeed.Tests.Support;
using EventSourcing.TestKit;
using Microsoft.Extensions.Time.Testing;
using Settings = Microsoft.Extensions.Options.Options;

namespace EventSourcing.SocialFeed.Tests.Payloads;

public sealed class PayloadStoreTests : IDisposable
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    private readonly TempFolder _folder = new("payloads");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string[] Files => Directory.GetFiles(Path.Combine(_folder.Path, "data"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Payload_Put_IsReadBack_UnderItsHash()
    {
        var bytes = Posts.Random(100_000);
        using var store = Open();

        var reference = await store.PutAsync(bytes, "image/png; q=1", Stop);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), reference.Hash);
        Assert.Equal(new Uri($"http://feed.example/payloads/{reference.Hash}"), reference.Uri);
        var (content, type) = await ReadAsync(store, reference.Hash);
        Assert.Equal(bytes, content);
        Assert.Equal("image/png; q=1", type);
        Assert.Equal((1, 100_000L), (store.Count, store.UsedBytes));
    }

    [Fact]
    public async Task Payload_PutTwice_IsOneFile_AndStaysForItsWholeTimeAgain()
    {
        using var store = Open();
        var first = await store.PutAsync(Posts.Random(70_000), "image/png", Stop);
        _time.Advance(Retention * 0.75);

        var second = await store.PutAsync(Posts.Random(70_000), "image/png", Stop);
        _time.Advance(Retention * 0.75);

        Assert.Equal(first, second);
        Assert.Equal((0, 1, 70_000L), (store.Sweep(), Files.Length, store.UsedBytes));
        Assert.NotNull(store.TryOpen(first.Hash));
    }

    [Fact]
    public async Task Payload_NobodyRefersTo_IsSwept()
    {
        using var store = Open();
        var old = await store.PutAsync(Posts.Random(70_000), "image/png", Stop);
        _time.Advance(Retention / 2);
        var young = await store.PutAsync(Posts.Random(80_000), "image/png", Stop);
        _time.Advance(Retention * 0.51);

        Assert.Null(store.TryOpen(old.Hash));
        Assert.Equal((1, 1, 80_000L), (store.Sweep(), Files.Length, store.UsedBytes));
        Assert.Equal(Posts.Random(80_000), (await ReadAsync(store, young.Hash)).Content);
    }

    [Fact]
    public async Task Payload_OpenWhenItExpires_IsReadToItsEnd()
    {
        using var store = Open();
        var reference = await store.PutAsync(Posts.Random(70_000), null, Stop);
        await using var content = store.TryOpen(reference.Hash)!.Content;
        _time.Advance(Retention * 2);
        store.Sweep();

        using var read = new MemoryStream();
        await content.CopyToAsync(read, Stop);

        Assert.Equal(Posts.Random(70_000), read.ToArray());
    }

    [Fact]
    public async Task Store_Full_RefusesForNow_AndTakesAgainWhenPayloadsExpire()
    {
        using var store = Open(quota: 1_048_576);
        await store.PutAsync(Posts.Random(1_000_000, seed: 1), null, Stop);

        var full = await Assert.ThrowsAsync<PayloadRefusedException>(async () => await store.PutAsync(Posts.Random(100_000, seed: 2), null, Stop));
        Assert.Equal((RejectionKind.Unavailable, "urn:eventsourcing:payload-store-full"), (full.Refusal.Kind, full.Refusal.Type));
        Assert.Equal((1, 1_000_000L), (Files.Length, store.UsedBytes));

        _time.Advance(Retention * 2);
        store.Sweep();
        await store.PutAsync(Posts.Random(100_000, seed: 2), null, Stop);
        Assert.Equal((1, 100_000L), (Files.Length, store.UsedBytes));
    }

    [Fact]
    public async Task Payload_TooLarge_IsRefusedForGood()
    {
        using var store = Open();

        var refused = await Assert.ThrowsAsync<PayloadRefusedException>(async () => await store.PutAsync(Posts.Random(500_001), null, Stop));

        Assert.Equal((RejectionKind.Poison, Rejection.TooLargeType, 0L), (refused.Refusal.Kind, refused.Refusal.Type, store.UsedBytes));
    }

    [Fact]
    public async Task Store_OpenedAgain_KnowsItsPayloads_AndThrowsHalfOnesAway()
    {
        PayloadReference reference;
        using (var store = Open())
            reference = await store.PutAsync(Posts.Random(70_000), "text/plain; charset=\"utf-8\"", Stop);
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "incoming", "half"), [1, 2, 3], Stop);
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "data", "README"), [1, 2, 3], Stop);

        using var again = Open();

        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "incoming")));
        Assert.Equal((1, 70_000L), (again.Count, again.UsedBytes));
        Assert.Equal("text/plain; charset=\"utf-8\"", (await ReadAsync(again, reference.Hash)).ContentType);
        _time.Advance(Retention * 1.01);
        Assert.Equal(1, again.Sweep());
    }

    [Fact]
    public void Folder_OfAnotherProcess_StopsTheStart()
    {
        using var store = Open();

        var refused = Assert.Throws<InvalidOperationException>(() => Open());

        Assert.Contains("Payloads:Directory", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payloads_PutAtOnce_AreAllThere()
    {
        using var store = Open(quota: 100_000_000);

        var references = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () => await store.PutAsync(Posts.Random(66_000, seed: i % 16), null, Stop))));

        Assert.Equal(16, references.Distinct().Count());
        Assert.Equal((16, 16 * 66_000L), (Files.Length, store.UsedBytes));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "incoming")));
    }

    [Fact]
    public async Task ContentType_TooLongForAFileName_IsForgotten()
    {
        using var store = Open();

        var reference = await store.PutAsync(Posts.Random(70_000), $"text/plain; title=\"{new string('ü', 60)}\"", Stop);

        Assert.Equal(Posts.Random(70_000), (await ReadAsync(store, reference.Hash)).Content);
        store.Dispose();
        using var again = Open();
        Assert.Equal("application/octet-stream", (await ReadAsync(again, reference.Hash)).ContentType);
    }

    private PayloadStore Open(long quota = 2_000_000) => new(
        Settings.Create(new PayloadOptions
        {
            Directory = _folder.Path,
            Retention = Retention,
            QuotaBytes = quota,
            MaxPayloadBytes = quota == 2_000_000 ? 500_000 : 33_554_432,
            BaseUri = new Uri("http://feed.example/payloads/"),
        }),
        Settings.Create(new WebhookOptions()),
        _time);

    private static async Task<(byte[] Content, string ContentType)> ReadAsync(PayloadStore store, string hash)
    {
        var payload = store.TryOpen(hash)!;
        await using var content = payload.Content;
        using var read = new MemoryStream();
        await content.CopyToAsync(read, Stop);
        return (read.ToArray(), payload.ContentType);
    }
}
