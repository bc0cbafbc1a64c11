using EventSourcing.LocalKafka;

namespace EventSourcing.TextConsumer.Tests;

/// <summary>One broker for the assembly; every test has its own topic.</summary>
public sealed class KafkaFixture : IAsyncLifetime
{
    private LocalKafkaBroker? _broker;

    public string BootstrapServers => _broker!.BootstrapServers;

    public async ValueTask InitializeAsync() => _broker = await LocalKafkaBroker.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
            await _broker.DisposeAsync();
    }
}
