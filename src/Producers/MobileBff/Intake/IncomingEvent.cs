using CloudNative.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.MobileBff.Window;

namespace EventSourcing.MobileBff.Intake;

/// <summary>One member of a batch on its way through the intake.</summary>
/// <param name="Id">Its id; null when it could not be read.</param>
/// <param name="Event">The event as it will be published; null when it is refused.</param>
/// <param name="Refusal">Why it is refused; null when it is not.</param>
/// <param name="Key">What makes it the same event; meaningless when it is refused.</param>
internal readonly record struct IncomingEvent(string? Id, CloudEvent? Event, Rejection? Refusal, EventKey Key)
{
    public static IncomingEvent Refused(string? id, Rejection refusal) => new(id, null, refusal, default);
}
