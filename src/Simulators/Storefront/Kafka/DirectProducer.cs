using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using EventSourcing.CloudEvents.Kafka;
using EventSourcing.Storefront.Events;

namespace EventSourcing.Storefront.Kafka;

/// <summary>Produces web events straight to their topic with this process's own Kafka client: CloudEvents in binary mode, keyed by visitor.</summary>
internal sealed class DirectProducer(IProducer<byte[], byte[]> producer, TimeProvider clock)
{
    /// <summary>Hands one event to the client; <paramref name="delivered"/> runs once, on the client's thread, or never when this throws.</summary>
    /// <exception cref="ProduceException{TKey,TValue}">The client's queue is full, or the event too large.</exception>
    public void Produce(NumberedEvent numbered, Action<DeliveryReport<byte[], byte[]>> delivered)
    {
        numbered.Event[CloudEvents.EventAttributes.RecordedTime] = clock.GetUtcNow();
        var record = numbered.Event.ToKafkaMessage();
        if (Activity.Current is { Recorded: true, Id: { } context })
            record.Headers.Add("traceparent", Encoding.ASCII.GetBytes(context));
        producer.Produce(
            EventFactory.Topic,
            new Message<byte[], byte[]> { Key = record.Key!, Value = record.Value!, Headers = record.Headers, Timestamp = record.Timestamp },
            delivered);
    }
}
