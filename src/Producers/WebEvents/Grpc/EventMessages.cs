using EventSourcing.CloudEvents.Protobuf;
using EventSourcing.EventBackbone;
using EventSourcing.WebEvents.Intake;
using EventMessage = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.WebEvents.Grpc;

/// <summary>Event messages into a batch.</summary>
internal static class EventMessages
{
    /// <summary>Adds the event; a message that is no event spoils only its own receipt.</summary>
    public static void Add(this IntakeBatch batch, EventMessage message)
    {
        if (UnreadableMessage.Is(message))
        {
            batch.AddRefused(Rejection.Invalid("The message is no io.cloudevents.v1.CloudEvent in protobuf."));
            return;
        }

        CloudNative.CloudEvents.CloudEvent cloudEvent;
        try
        {
            cloudEvent = message.ToCloudEvent();
        }
        catch (ArgumentException defect)
        {
            batch.AddRefused(Rejection.Invalid(defect.Message), message.Id);
            return;
        }

        batch.Add(cloudEvent);
    }
}
