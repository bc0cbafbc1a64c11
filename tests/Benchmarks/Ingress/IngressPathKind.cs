using EventSourcing.Benchmarks.Ingress.Paths;
using EventSourcing.TestKit;

namespace EventSourcing.Benchmarks.Ingress;

/// <summary>A path by name.</summary>
/// <param name="Name">In the table, and for <c>--only</c>.</param>
/// <param name="Events">Events of a measurement at full speed: some seconds' worth.</param>
/// <param name="Create">Makes it, without starting anything.</param>
internal sealed record IngressPathKind(string Name, int Events, Func<IngressPath> Create)
{
    /// <summary>Why this machine cannot run it; null when it can.</summary>
    public string? Lacks { get; private init; }

    /// <summary>The baseline of the ratios.</summary>
    public static IngressPathKind Direct { get; } = new("direct: bare client", 150_000, () => new DirectPath());

    public static IReadOnlyList<IngressPathKind> All { get; } =
    [
        new("web-events HTTP, batches of 100", 100_000, () => new WebEventsHttpPath(isBatch: true)),
        new("web-events HTTP, single", 20_000, () => new WebEventsHttpPath(isBatch: false)),
        new("web-events gRPC stream", 100_000, () => new WebEventsGrpcPath()),
        new("sensor-ingest MQTT, QoS 1", 40_000, () => new SensorIngestMqttPath()),
        new("sensor-ingest HTTP, single", 20_000, () => new SensorIngestHttpPath()),
        new("mobile-bff HTTP, batches of 100", 60_000, () => new MobileBffPath()),
        new("mq-adapter AMQP, JSON", 20_000, () => new MqAdapterPath()),
        new("social-feed webhook", 20_000, () => new SocialFeedPath()),
        new("orders HTTP, outbox table", 5_000, () => new OrdersPath("Table")) { Lacks = WithoutPostgres },
        new("orders HTTP, outbox in the log", 5_000, () => new OrdersPath("LogicalMessage")) { Lacks = WithoutPostgres },
        new("fulfillment, steps of orders", 20_000, () => new FulfillmentPath()) { Lacks = WithoutPostgres },
        new("postgres-cdc, transactions of 50", 40_000, () => new PostgresCdcPath()) { Lacks = WithoutPostgres },
    ];

    private static string? WithoutPostgres => Tools.PostgresServer is null ? Requires.PostgresReason : null;
}
