using System.Globalization;
using Amqp;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.MqAdapter.Contracts;
using EventSourcing.MqAdapter.Decoding;
using EventSourcing.MqAdapter.Options;

namespace EventSourcing.MqAdapter.Intake;

/// <summary>Makes events of a message's records.</summary>
internal sealed class EventFactory(Schemas schemas, TimeProvider time)
{
    private const int LongestGroup = 128;

    /// <summary>An event per record, in their order.</summary>
    /// <exception cref="ArgumentException">A value of the message is none that an event can have; the message says which.</exception>
    public List<CloudEvent> Create(MqDelivery delivery, IReadOnlyList<DecodedRecord> records)
    {
        var (queue, message) = (delivery.Queue.Options, delivery.Message);
        var source = SourceOf(queue, message.Properties?.GroupId);
        var sequence = queue.SequenceFromGroup ? MessageText.GroupSequence(message) : null;
        var now = time.GetUtcNow();
        var created = message.Properties?.CreationTime is { Ticks: > 0 } creation ? new DateTimeOffset(creation.ToUniversalTime()) : now;
        var traceParent = MessageText.Property(message, "traceparent");
        var events = new List<CloudEvent>(records.Count);
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, EventAttributes.All)
            {
                Id = queue.Format == BodyFormat.Records ? string.Create(CultureInfo.InvariantCulture, $"{delivery.Id}:{i}") : delivery.Id,
                Source = source,
                Type = queue.EventType,
                Time = record.Time ?? created,
                DataContentType = record.ContentType,
                DataSchema = schemas.UriOf(queue.EventType),
                Data = record.Data,
            };
            cloudEvent[EventAttributes.RecordedTime] = now;
            if (KeyOf(queue, message, record) is { Length: > 0 } key)
                cloudEvent[EventAttributes.PartitionKey] = cloudEvent.Subject = key;
            if (sequence is { } first && first + i >= 1)
                cloudEvent[EventAttributes.Sequence] = EventAttributes.FormatSequence(first + i);
            if (traceParent is not null)
                cloudEvent[EventAttributes.TraceParent] = traceParent;
            events.Add(cloudEvent);
        }

        return events;
    }

    private static Uri SourceOf(QueueOptions queue, string? group)
    {
        if (!queue.GroupIsSource || string.IsNullOrEmpty(group))
            return new Uri($"/mq/{queue.Name}", UriKind.Relative);
        if (group.Length > LongestGroup || !group.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '/'))
            throw new ArgumentException($"The group id, which is part of the source, must be at most {LongestGroup} of [A-Za-z0-9._/-].");
        return new Uri($"/mq/{group}/{queue.Name}", UriKind.Relative);
    }

    private static string? KeyOf(QueueOptions queue, Message message, DecodedRecord record) => queue.KeyFrom switch
    {
        KeySource.Field => record.Key,
        KeySource.CorrelationId => MessageText.CorrelationId(message),
        KeySource.GroupId => message.Properties?.GroupId,
        _ => null,
    };
}
