using EventSourcing.LocalKafka;
using EventSourcing.Storefront.Tests.Support;
using EventSourcing.WebEvents.Tests.Support;

[assembly: AssemblyFixture(typeof(ShopFixture))]

namespace EventSourcing.Storefront.Tests.Support;

/// <summary>One broker, one WebEvents and one shop without shoppers, for all tests that need nothing special.</summary>
public sealed class ShopFixture : IAsyncLifetime
{
    private LocalKafkaBroker? _broker;
    private WebEventsHost? _webEvents;
    private StorefrontHost? _shop;

    internal string BootstrapServers => _broker!.BootstrapServers;

    internal WebEventsHost WebEvents => _webEvents!;

    internal StorefrontHost Shop => _shop!;

    public async ValueTask InitializeAsync()
    {
        _broker = await LocalKafkaBroker.StartAsync();
        _webEvents = await WebEventsHost.StartAsync(BootstrapServers);
        _shop = await StorefrontHost.StartAsync(BootstrapServers, _webEvents, ("Tracker:FlushCount", "5"), ("Tracker:FlushInterval", "00:10:00"));
    }

    public async ValueTask DisposeAsync()
    {
        await _shop!.DisposeAsync();
        await _webEvents!.DisposeAsync();
        await _broker!.DisposeAsync();
    }

    /// <summary>What is on the topic about one visitor.</summary>
    internal List<TopicRecord> ReadVisitor(string visitor) =>
        [.. TopicReader.ReadAll(BootstrapServers, "web-events").Where(record => record.Key == visitor)];
}
