using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit.Kafka;

[assembly: AssemblyFixture(typeof(BrokerFixture))]

namespace EventSourcing.EventBackbone.Tests.Support;

/// <summary>One broker for all tests that leave it alone; every test uses its own topics.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    private ApacheKafka? _kafka;

    public string BootstrapServers => _kafka!.BootstrapServers;

    public async ValueTask InitializeAsync() => _kafka = await ApacheKafka.StartAsync(stop: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_kafka is not null)
            await _kafka.DisposeAsync();
    }
}
