namespace EventSourcing.EventBackbone;

/// <summary>Why an event was not accepted, and whether trying again can help.</summary>
/// <param name="Kind">What the caller can do about it.</param>
/// <param name="Type">A stable URN for programs: <c>urn:eventsourcing:too-large</c>.</param>
/// <param name="Detail">One sentence for people: what was wrong and what the limit is.</param>
/// <param name="RetryAfter">When to try again; null for <see cref="RejectionKind.Poison"/>.</param>
public sealed record Rejection(RejectionKind Kind, string Type, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary><see cref="Type"/> of an event that is larger than its route allows.</summary>
    public const string TooLargeType = "urn:eventsourcing:too-large";

    /// <summary><see cref="Type"/> of an event that is wrong in itself.</summary>
    public const string InvalidType = "urn:eventsourcing:invalid-event";

    /// <summary><see cref="Type"/> of an event that found its route's buffer full.</summary>
    public const string BufferFullType = "urn:eventsourcing:buffer-full";

    /// <summary><see cref="Type"/> of an event that found its route's spool, or the disk, full.</summary>
    public const string SpoolFullType = "urn:eventsourcing:spool-full";

    /// <summary><see cref="Type"/> of an event that found the backbone unreachable.</summary>
    public const string UnavailableType = "urn:eventsourcing:backbone-unreachable";

    /// <summary><see cref="Type"/> of an event that came while the service was stopping.</summary>
    public const string StoppingType = "urn:eventsourcing:stopping";

    /// <summary><see cref="Type"/> of an event that was sent and never acknowledged: it may or may not be on the topic.</summary>
    public const string OutcomeUnknownType = "urn:eventsourcing:outcome-unknown";

    /// <summary><see cref="Type"/> of an event that found its transactional route taken over by another instance.</summary>
    public const string FencedType = "urn:eventsourcing:fenced";

    /// <summary>True when the event may be on the topic although it was not receipted: sending it again may duplicate it.</summary>
    public bool IsOutcomeUnknown => Type == OutcomeUnknownType;

    /// <summary>The event is larger than its route allows.</summary>
    public static Rejection TooLarge(long bytes, int limit) =>
        new(RejectionKind.Poison, TooLargeType, $"The event has {bytes} bytes; the limit is {limit}.");

    /// <summary>The event itself is wrong and will never be accepted as it is.</summary>
    public static Rejection Invalid(string detail) => new(RejectionKind.Poison, InvalidType, detail);

    /// <summary>The backbone, or what leads to it, cannot take the event now.</summary>
    public static Rejection Unavailable(string detail, TimeSpan retryAfter) =>
        new(RejectionKind.Unavailable, UnavailableType, detail, retryAfter);

    /// <summary>A buffer is full; the sender slows down and tries again.</summary>
    public static Rejection Overload(string detail, TimeSpan retryAfter) => new(RejectionKind.Overload, BufferFullType, detail, retryAfter);
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
