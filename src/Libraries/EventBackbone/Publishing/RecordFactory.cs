using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.CloudEvents.Kafka;
using EventSourcing.EventBackbone.Kafka;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>From event to record: the envelope by the Kafka binding, the size limit before anything is buffered, the trace context.</summary>
internal static class RecordFactory
{
    /// <summary>Fills <paramref name="pending"/>; returns why the event can never be published, null when it can.</summary>
    public static Rejection? TryPrepare(RouteChannel channel, CloudEvent cloudEvent, bool possibleDuplicate, PendingEvent pending)
    {
        try
        {
            pending.Record = cloudEvent.ToKafkaMessage();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or FormatException)
        {
            channel.CountRejected();
            return Rejection.Invalid(exception.Message);
        }

        if (possibleDuplicate)
            pending.Record.MarkPossibleDuplicate();
        channel.StartSpan(pending, cloudEvent[EventAttributes.TraceParent] as string);
        pending.Bytes = pending.Record.SizeInBytes();
        if (pending.Bytes <= channel.Profile.MaxEventBytes)
            return null;
        channel.CountRejected();
        return Rejection.TooLarge(pending.Bytes, channel.Profile.MaxEventBytes);
    }
}
