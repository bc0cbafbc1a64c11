using EventSourcing.EventBackbone;

namespace EventSourcing.WebEvents.Intake;

/// <summary>Why this service refuses an event, beside the reasons of every HTTP intake and of the backbone.</summary>
internal static class Refusals
{
    public static Rejection Stopping(TimeSpan retryAfter) =>
        new(RejectionKind.Unavailable, Rejection.StoppingType, "The service is stopping; connect again.", retryAfter);
}
