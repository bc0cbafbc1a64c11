using EventSourcing.EventBackbone.Options;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>The answers of one route, made once: refusing must cost nothing when everything is refused.</summary>
internal sealed class RouteRejections(RouteSettings route, TimeSpan retryAfter)
{
    public Rejection BufferFull { get; } = Rejection.Overload(
        $"The buffer of '{route.Name}' is full ({route.Profile.BufferEvents} events or {route.Profile.BufferBytes} bytes).", retryAfter);

    public Rejection SpoolFull { get; } = new(
        RejectionKind.Overload, Rejection.SpoolFullType, $"The spool of '{route.Name}' is full ({route.Profile.SpoolBytes} bytes).", retryAfter);

    public Rejection DiskFull { get; } = new(
        RejectionKind.Overload, Rejection.SpoolFullType, $"The disk that holds the spool of '{route.Name}' is full.", retryAfter);

    public Rejection Unreachable { get; } = Rejection.Unavailable("The backbone is unreachable.", retryAfter);

    public Rejection Stopping { get; } = new(RejectionKind.Unavailable, Rejection.StoppingType, "The service is stopping.", retryAfter);

    public Rejection OutcomeUnknown { get; } = new(
        RejectionKind.Unavailable, Rejection.OutcomeUnknownType,
        "The backbone did not acknowledge the event: it may or may not be stored.", retryAfter);

    public Rejection Fenced { get; } = new(
        RejectionKind.Unavailable, Rejection.FencedType,
        $"Another instance publishes on '{route.Name}' in this one's place; this one will not until it is started again.", retryAfter);

    public Rejection TransactionTooLarge { get; } = new(
        RejectionKind.Poison, Rejection.TooLargeType,
        $"'{route.Name}' takes at most {route.Profile.BufferEvents} events and {route.Profile.BufferBytes} bytes together.");

    public Rejection NotStored(string reason) => Rejection.Unavailable($"The backbone did not store the event: {reason}.", retryAfter);
}
