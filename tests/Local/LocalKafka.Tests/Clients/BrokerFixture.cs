namespace EventSourcing.LocalKafka.Tests.Clients;

/// <summary>One broker for the tests of a class; every test has topics of its own.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    public LocalKafkaBroker Broker { get; private set; } = null!;

    public string Servers => Broker.BootstrapServers;

    public async ValueTask InitializeAsync() => Broker = await LocalKafkaBroker.StartAsync();

    public ValueTask DisposeAsync() => Broker.DisposeAsync();
}
