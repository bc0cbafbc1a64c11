using Google.Protobuf;
using Grpc.Core;
using EventMessage = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.WebEvents.Grpc;

/// <summary>
/// Stands for bytes that are no protobuf message. Left alone, they would end a stream for all its events, and a call with UNKNOWN; so they are
/// an event that is refused like any other.
/// </summary>
internal static class UnreadableMessage
{
    private const string Mark = "(unreadable)";

    /// <summary>True when the message stands for bytes that are none.</summary>
    public static bool Is(EventMessage message) => message.SpecVersion == Mark;

    /// <summary>The method with a request marshaller that does not throw.</summary>
    public static Method<EventMessage, TResponse> Tolerate<TResponse>(Method<EventMessage, TResponse> method)
        where TResponse : class =>
        new(method.Type, method.ServiceName, method.Name, Tolerate(method.RequestMarshaller), method.ResponseMarshaller);

    private static Marshaller<EventMessage> Tolerate(Marshaller<EventMessage> strict) => Marshallers.Create(
        strict.ContextualSerializer,
        context =>
        {
            try
            {
                return strict.ContextualDeserializer(context);
            }
            catch (InvalidProtocolBufferException)
            {
                return new EventMessage { SpecVersion = Mark };
            }
        });
}
