using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CloudNative.CloudEvents;
using Confluent.Kafka;
using EventSourcing.Benchmarks.Brokers;
using EventSourcing.Benchmarks.Workloads;
using EventSourcing.CloudEvents;
using EventSourcing.CloudEvents.Kafka;
using EventSourcing.TestKit.Postgres;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>
/// The business process: an order on <c>orders</c> is handed over, five steps on <c>process-steps</c> are its events. Nothing fails in the simulated
/// world and steps take no time, so that the service's own work is what is measured. Only the first step is timed: the others follow from it.
/// </summary>
internal sealed class FulfillmentPath : IngressPath
{
    private const string Orders = "orders";
    private const int Partitions = 6;
    private const int Steps = 5;
    private static readonly Uri Source = new("/orders/benchmark", UriKind.Relative);

    private IProducer<byte[]?, byte[]?>? _producer;

    public override string Topic => "process-steps";

    public override int Lanes => 200;

    public override int AtOnce => Steps;

    public override async Task StartAsync(BrokerUnderLoad broker, CancellationToken stop)
    {
        var postgres = Own(await PostgresServer.StartAsync(["fulfillment"], stop));
        await broker.CreateTopicAsync(Orders, Partitions); // the order service's
        await StartServiceAsync(new ServiceDefinition("Fulfillment") { Settings = Settings(postgres) }, broker, stop);
        _producer = BareClient.CreateProducer(broker);
        Own(new ClientEnd(_producer));
    }

    public override Task SendAsync(int lane, int first, int count, CancellationToken stop) => _producer!.ProduceAsync(Orders, Placed(first / Steps), stop);

    // {"instanceId":"order-00000012","number":3,...
    public override int NumberOf(ReadOnlySpan<byte> value)
    {
        var order = EventTemplate.NumberAfter(value, "\"instanceId\":\"order-"u8);
        var marker = "\"number\":"u8;
        var start = value.IndexOf(marker);
        return order >= 0 && start >= 0 && Utf8Parser.TryParse(value[(start + marker.Length)..], out int step, out _) ? (order * Steps) + step - 1 : -1;
    }

    public override bool IsTimed(int number) => number % Steps == 0;

    private static Dictionary<string, string?> Settings(PostgresServer postgres) => new()
    {
        ["ConnectionStrings__fulfillment"] = postgres.ConnectionString("fulfillment"),
        ["Process__StepDelay"] = "00:00:00",
        ["Process__PollInterval"] = "00:00:00.010",
        ["Process__Timeout"] = "01:00:00",
        ["World__OutOfStockPercent"] = "0",
        ["World__PaymentDeclinedPercent"] = "0",
        ["World__TransientPercent"] = "0",
        ["World__StuckPercent"] = "0",
    };

    private static Message<byte[]?, byte[]?> Placed(int order)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"order-{order:D8}");
        return new CloudEvent(CloudEventsSpecVersion.V1_0, EventAttributes.All)
        {
            Id = $"{id}-1",
            Source = Source,
            Type = "io.eventsourcing.order.placed.v1",
            Subject = id,
            Time = DateTimeOffset.UtcNow,
            DataContentType = "application/json",
            Data = Encoding.UTF8.GetBytes($$"""{"orderId":"{{id}}","version":1,"customerId":"{{EventTemplate.Filler(60)}}","currency":"EUR","total":25.00,"lines":[{"sku":"book-1","quantity":2,"unitPrice":12.50}]}"""),
            [EventAttributes.PartitionKey] = id,
        }.ToKafkaMessage();
    }
}
