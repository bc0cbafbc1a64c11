using EventSourcing.LocalKafka;
using EventSourcing.Orders.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Postgres;

[assembly: AssemblyFixture(typeof(OrdersFixture))]

namespace EventSourcing.Orders.Tests.Support;

/// <summary>One database server, one broker and one service for all tests that need nothing special; every test has orders, keys and channels of its own.</summary>
public sealed class OrdersFixture : IAsyncLifetime
{
    private static readonly string[] Databases =
        ["orders", "turns", "outage_table", "outage_logical", "full_table", "full_logical", "aborts_table", "aborts_logical", "kills_table", "kills_logical", "lost"];

    private readonly TempFolder _folder = new("orders");
    private PostgresServer? _postgres;
    private LocalKafkaBroker? _broker;
    private OrdersHost? _service;

    internal PostgresServer Postgres => _postgres!;

    internal OrdersHost Service => _service!;

    internal string BootstrapServers => _broker!.BootstrapServers;

    public async ValueTask InitializeAsync()
    {
        if (!PostgresFactAttribute.IsPossible)
            return;
        _postgres = await PostgresServer.StartAsync(Databases);
        _broker = await LocalKafkaBroker.StartAsync();
        _service = await OrdersHost.StartAsync(_broker.BootstrapServers, _postgres.ConnectionString("orders"), _folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
        if (_broker is not null)
            await _broker.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The records of one order, when there are as many as wanted.</summary>
    internal async Task<List<KcatRecord>> RecordsAsync(string orderId, int count, CancellationToken stop) => await Eventually.ValueAsync(
        async _ => (await Topic.ReadAsync(BootstrapServers, stop)).Where(record => record.Key == orderId).ToList(),
        records => records.Count >= count, $"{count} records of {orderId}", stop: stop);
}
