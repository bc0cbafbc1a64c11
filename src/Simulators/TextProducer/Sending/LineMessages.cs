using System.Text;
using CloudNative.CloudEvents;
using Confluent.Kafka;
using EventSourcing.CloudEvents;
using EventSourcing.CloudEvents.Kafka;

namespace EventSourcing.TextProducer.Sending;

/// <summary>
/// Makes records of lines: the value is the line, byte for byte, the key is null. The CloudEvents attributes are headers, so a consumer of plain text sees nothing of them.
/// </summary>
internal sealed class LineMessages(TimeProvider time)
{
    public const string EventType = "io.eventsourcing.text.line.v1";

    private readonly Uri _source = new($"/text-producer/{Guid.NewGuid().ToString("N")[..6]}/direct", UriKind.Relative);

    /// <summary>Names this run of the producer.</summary>
    public string Source => _source.OriginalString;

    public Message<Null, string> Create(string line, long sequence)
    {
        var number = EventAttributes.FormatSequence(sequence);
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, EventAttributes.All)
        {
            Id = number,
            Source = _source,
            Type = EventType,
            Time = time.GetUtcNow(),
            DataContentType = "text/plain; charset=utf-8",
            Data = Encoding.UTF8.GetBytes(line),
        };
        cloudEvent[EventAttributes.Sequence] = number;
        return new Message<Null, string> { Value = line, Headers = cloudEvent.ToKafkaMessage().Headers };
    }
}
