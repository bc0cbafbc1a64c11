using EventSourcing.EventBackbone;

namespace EventSourcing.SensorIngest.Intake;

/// <summary>An event or the reason why there is none: exactly one of the two is set.</summary>
/// <param name="Event">The event.</param>
/// <param name="Rejection">Why the input is no event this service takes.</param>
/// <param name="RefusedId">The id that the sender gave an input that is no event, as far as it could be read.</param>
internal readonly record struct DecodeResult(IncomingEvent? Event, Rejection? Rejection, string? RefusedId = null)
{
    /// <summary>The id by which the sender knows it; null when it has none.</summary>
    public string? Id => Event?.Envelope.Id ?? RefusedId;

    /// <summary>A result with an event.</summary>
    public static implicit operator DecodeResult(IncomingEvent incoming) => new(incoming, null);

    /// <summary>A result without one.</summary>
    public static DecodeResult Invalid(string detail) => new(null, Rejection.Invalid(detail));
}
