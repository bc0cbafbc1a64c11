using EventSourcing.Benchmarks.Brokers;
using EventSourcing.TestKit.Postgres;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>Commands that place an order: state and outbox in one transaction of PostgreSQL, the event through the relay.</summary>
/// <param name="outbox"><c>Table</c> or <c>LogicalMessage</c>.</param>
internal sealed class OrdersPath(string outbox) : HttpPath
{
    private readonly EventTemplate _command = new(
        """
        {"customerId":"customer-<n>","currency":"EUR","lines":[{"sku":"book-1","quantity":2,"unitPrice":12.50},{"sku":"lamp-27","quantity":1,"unitPrice":79.90},{"sku":"cable-4","quantity":3,"unitPrice":4.95}]}
        """);

    private PostgresServer? _postgres;

    public override string Topic => "orders";

    public override int Lanes => 32;

    public override async Task StartAsync(BrokerUnderLoad broker, CancellationToken stop)
    {
        _postgres = Own(await PostgresServer.StartAsync(["orders"], stop));
        await base.StartAsync(broker, stop);
    }

    public override int NumberOf(ReadOnlySpan<byte> value) => EventTemplate.NumberAfter(value, "\"customer-"u8);

    protected override ServiceDefinition Definition => new("Orders")
    {
        Settings = { ["ConnectionStrings__orders"] = _postgres!.ConnectionString("orders"), ["Outbox__Kind"] = outbox },
    };

    protected override HttpRequestMessage Request(int lane, int first, int count)
    {
        var request = Post("orders", "application/json", _command.Bytes(first));
        request.Headers.Add("Idempotency-Key", $"\"command-{first:D8}\"");
        return request;
    }
}
