using System.Text;
using CloudNative.CloudEvents;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventSourcing.CloudEvents;
using EventSourcing.CloudEvents.Kafka;

namespace EventSourcing.Fulfillment.Tests.Support;

/// <summary>The order service's part: events on the topic <c>orders</c>.</summary>
internal sealed class OrderEvents : IDisposable
{
    private readonly IProducer<byte[]?, byte[]?> _producer;

    private OrderEvents(string bootstrapServers) => _producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig
    {
        BootstrapServers = bootstrapServers,
        Partitioner = Partitioner.Murmur2Random,
        EnableIdempotence = true,
    }).SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { }).Build();

    public static async Task<OrderEvents> OpenAsync(string bootstrapServers)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = "orders", NumPartitions = 6, ReplicationFactor = 1 }]);
        return new OrderEvents(bootstrapServers);
    }

    public static string NewId() => Guid.CreateVersion7().ToString();

    public void Place(string id, string? traceParent = null) => Produce(id, "placed", 1, traceParent);

    public void Cancel(string id) => Produce(id, "cancelled", 2, null);

    /// <summary>A record that is no event.</summary>
    public void Garbage(string value) => _producer.Produce("orders", new Message<byte[]?, byte[]?> { Value = Encoding.UTF8.GetBytes(value) });

    /// <summary>Returns when Kafka has everything.</summary>
    public void Flush(CancellationToken stop) => _producer.Flush(stop);

    public void Dispose() => _producer.Dispose();

    private void Produce(string id, string what, int version, string? traceParent)
    {
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, EventAttributes.All)
        {
            Id = $"{id}-{version}",
            Source = new Uri("/orders/test", UriKind.Relative),
            Type = $"io.eventsourcing.order.{what}.v1",
            Subject = id,
            Time = DateTimeOffset.UtcNow,
            DataContentType = "application/json",
            Data = Encoding.UTF8.GetBytes($$"""{"orderId":"{{id}}","version":{{version}}}"""),
            [EventAttributes.PartitionKey] = id,
        };
        if (traceParent is not null)
            cloudEvent[EventAttributes.TraceParent] = traceParent;
        _producer.Produce("orders", cloudEvent.ToKafkaMessage());
    }
}
