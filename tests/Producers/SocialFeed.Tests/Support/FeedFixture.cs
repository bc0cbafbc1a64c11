using EventSourcing.LocalKafka;
using EventSourcing.SocialFeed.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

[assembly: AssemblyFixture(typeof(FeedFixture))]

namespace EventSourcing.SocialFeed.Tests.Support;

/// <summary>One broker and one service for all tests that need nothing special; each test uses sources of its own.</summary>
public sealed class FeedFixture : IAsyncLifetime
{
    private readonly TempFolder _folder = new("social-feed");
    private LocalKafkaBroker? _broker;
    private FeedHost? _service;

    internal FeedHost Service => _service!;

    internal string BootstrapServers => _broker!.BootstrapServers;

    public async ValueTask InitializeAsync()
    {
        _broker = await LocalKafkaBroker.StartAsync();
        _service = await FeedHost.StartAsync(BootstrapServers, _folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _service!.DisposeAsync();
        await _broker!.DisposeAsync();
        _folder.Dispose();
    }

    internal Task<List<PostRecord>> ReadPostsAsync(string source) => PostRecord.ReadAsync(BootstrapServers, source);

    /// <summary>Dead letters that hold <paramref name="mark"/> anywhere in their payload.</summary>
    internal async Task<List<TopicRecord>> ReadDeadLettersAsync(string mark) =>
        [.. (await TopicLog.ReadAsync(BootstrapServers, "dead-letters")).Where(record => record.Value?.Contains(mark, StringComparison.Ordinal) == true)];
}
