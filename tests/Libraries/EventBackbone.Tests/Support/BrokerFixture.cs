using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.LocalKafka;

[assembly: AssemblyFixture(typeof(BrokerFixture))]

namespace EventSourcing.EventBackbone.Tests.Support;

/// <summary>One broker for all tests that leave it alone; every test uses its own topics.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    private LocalKafkaBroker? _broker;

    public string BootstrapServers => _broker!.BootstrapServers;

    public async ValueTask InitializeAsync() => _broker = await LocalKafkaBroker.StartAsync(stop: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
            await _broker.DisposeAsync();
    }
}
