namespace EventSourcing.EventBackbone;

/// <summary>Why an event was not accepted, and whether trying again can help.</summary>
/// <param name="Kind">What the caller can do about it.</param>
/// <param name="Type">A stable URN for programs: <c>urn:eventsourcing:too-large</c>.</param>
/// <param name="Detail">One sentence for people: what was wrong and what the limit is.</param>
/// <param name="RetryAfter">When to try again; null for <see cref="RejectionKind.Poison"/>.</param>
public sealed record Rejection(RejectionKind Kind, string Type, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary>The event is larger than its route allows.</summary>
    public static Rejection TooLarge(long bytes, int limit) =>
        new(RejectionKind.Poison, "urn:eventsourcing:too-large", $"The event has {bytes} bytes; the limit is {limit}.");

    /// <summary>The event itself is wrong and will never be accepted as it is.</summary>
    public static Rejection Invalid(string detail) => new(RejectionKind.Poison, "urn:eventsourcing:invalid-event", detail);
}

/// <summary>What a rejected event's sender can do.</summary>
public enum RejectionKind
{
    /// <summary>It can never succeed: do not send it again.</summary>
    Poison,

    /// <summary>The backbone is unreachable: try later.</summary>
    Unavailable,

    /// <summary>A buffer or the spool is full: slow down, then try again.</summary>
    Overload,
}
