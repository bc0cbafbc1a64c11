using EventSourcing.Benchmarks.Brokers;
using EventSourcing.EventBackbone;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.Benchmarks.Workloads;

/// <summary>A host with the publisher in it, configured as a service would be.</summary>
internal sealed class PublisherHost : IAsyncDisposable
{
    private readonly IHost _host;

    private PublisherHost(IHost host, Route route) => (_host, Route) = (host, route);

    /// <summary><c>replicated</c> or <c>transactional</c>, receipt <c>stored</c>; the driver's window stays below the buffer, so nothing is ever refused.</summary>
    public Route Route { get; }

    public EventPublisher Publisher => _host.Services.GetRequiredService<EventPublisher>();

    public static async Task<PublisherHost> StartAsync(BrokerUnderLoad broker, string topic, Durability durability = Durability.Replicated)
    {
        var route = new Route(new TopicDeclaration(topic, "asset id"), new DeliveryProfile { Durability = durability, Receipt = ReceiptLevel.Stored });
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:kafka", broker.BootstrapServers)]);
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.AddEventBackbone("kafka", route);
        var host = builder.Build();
        await host.StartAsync();
        return new PublisherHost(host, route);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
