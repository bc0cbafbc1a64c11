using EventSourcing.LocalKafka;
using EventSourcing.MobileBff.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

[assembly: AssemblyFixture(typeof(BffFixture))]

namespace EventSourcing.MobileBff.Tests.Support;

/// <summary>One broker and one service for all tests that need nothing special; each test has an installation of its own.</summary>
public sealed class BffFixture : IAsyncLifetime
{
    private readonly TempFolder _folder = new("mobile-bff");
    private LocalKafkaBroker? _broker;
    private BffHost? _service;

    internal BffHost Service => _service!;

    internal string BootstrapServers => _broker!.BootstrapServers;

    public async ValueTask InitializeAsync()
    {
        _broker = await LocalKafkaBroker.StartAsync();
        _service = await BffHost.StartAsync(BootstrapServers, _folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _service!.DisposeAsync();
        await _broker!.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>What the topic holds of an installation, in order.</summary>
    internal Task<List<TopicRecord>> ReadAsync(string installation) => ReadAsync(BootstrapServers, installation);

    internal static async Task<List<TopicRecord>> ReadAsync(string bootstrapServers, string installation, string topic = "mobile-events") =>
        [.. (await TopicLog.ReadAsync(bootstrapServers, topic)).Where(record => record.Key == installation).OrderBy(record => record.Offset)];
}
