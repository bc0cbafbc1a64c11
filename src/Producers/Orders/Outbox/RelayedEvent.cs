using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.HttpIntake;

namespace EventSourcing.Orders.Outbox;

/// <summary>A message of the outbox on its way to Kafka.</summary>
/// <param name="message">The message, numbered.</param>
/// <param name="mayBeStored">True when it was handed to Kafka before and nobody noted what became of it.</param>
internal sealed class RelayedEvent(OutboxMessage message, bool mayBeStored)
{
    public OutboxMessage Message { get; } = message;

    /// <summary>True when the topic may have it already: the record is then marked.</summary>
    public bool MayBeStored { get; set; } = mayBeStored;

    /// <summary>The event.</summary>
    public CloudEvent ToCloudEvent(EventCatalog catalog)
    {
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, EventAttributes.All)
        {
            Id = Message.Id.ToString(),
            Source = new Uri(Message.Source, UriKind.Relative),
            Type = Message.Type,
            Subject = Message.AggregateId,
            Time = Message.Time,
            DataContentType = JsonData.ContentType,
            DataSchema = catalog.Find(Message.Type)?.SchemaUri,
            Data = Message.Payload,
            [EventAttributes.PartitionKey] = Message.AggregateId,
            [EventAttributes.Sequence] = EventAttributes.FormatSequence(Message.Sequence!.Value),
        };
        if (Message.TraceParent is { } traceParent)
            cloudEvent[EventAttributes.TraceParent] = traceParent;
        return cloudEvent;
    }
}
