using EventSourcing.LocalKafka;
using EventSourcing.WebEvents.Tests.Support;

[assembly: AssemblyFixture(typeof(ServiceFixture))]

namespace EventSourcing.WebEvents.Tests.Support;

/// <summary>One broker and one service for all tests that need nothing special; each test uses sources of its own.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private LocalKafkaBroker? _broker;
    private WebEventsHost? _service;

    internal WebEventsHost Service => _service!;

    internal string BootstrapServers => _broker!.BootstrapServers;

    public async ValueTask InitializeAsync()
    {
        _broker = await LocalKafkaBroker.StartAsync();
        _service = await WebEventsHost.StartAsync(BootstrapServers);
    }

    public async ValueTask DisposeAsync()
    {
        await _service!.DisposeAsync();
        await _broker!.DisposeAsync();
    }

    internal List<TopicRecord> ReadEvents(string source) => TopicReader.Read(BootstrapServers, "web-events", source);

    /// <summary>Dead letters that hold <paramref name="mark"/> anywhere in their payload.</summary>
    internal List<TopicRecord> ReadDeadLetters(string mark) =>
        [.. TopicReader.ReadAll(BootstrapServers, "dead-letters").Where(record => record.Value.Contains(mark, StringComparison.Ordinal))];
}
