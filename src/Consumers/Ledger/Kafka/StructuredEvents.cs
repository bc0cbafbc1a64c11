using System.Text;
using Confluent.Kafka;
using EventSourcing.CloudEvents;
using EventSourcing.CloudEvents.Kafka;

namespace EventSourcing.Ledger;

/// <summary>Records whose CloudEvent is in the value (structured mode): rare here, so decoded in full.</summary>
internal static class StructuredEvents
{
    public static bool IsStructured(byte[] contentType)
    {
        var prefix = "application/cloudevents"u8;
        return contentType.Length >= prefix.Length && Ascii.EqualsIgnoreCase(contentType.AsSpan(0, prefix.Length), prefix);
    }

    public static RecordEnvelope Read(Message<byte[]?, byte[]?> message, RecordEnvelope envelope)
    {
        try
        {
            var cloudEvent = message.ToCloudEvent();
            envelope.Take(cloudEvent.Source!.OriginalString, cloudEvent[EventAttributes.Sequence] as string, cloudEvent.Time, error: null);
        }
        catch (ArgumentException exception)
        {
            envelope.Take(string.Empty, null, null, exception.Message);
        }
        return envelope;
    }
}
