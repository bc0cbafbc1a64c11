namespace EventSourcing.MobileClient;

/// <summary>The final answer to one event: it is in the queue no longer.</summary>
/// <param name="Number">Its number in the queue, <c>sequence</c> and <c>id</c> of the event.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Topic">The topic it is in or on its way to; null when refused.</param>
/// <param name="Partition">Partition of the stored record; null when it is not stored.</param>
/// <param name="Offset">Offset of the stored record; null when it is not stored.</param>
/// <param name="Type">Why it was refused, for programs: a URN.</param>
/// <param name="Detail">Why it was refused, for people.</param>
public readonly record struct EventAnswer(
    long Number, AnswerKind Kind, string? Topic = null, int? Partition = null, long? Offset = null, string? Type = null, string? Detail = null);

/// <summary>The kinds of final answer.</summary>
public enum AnswerKind
{
    /// <summary>Refused for good: the event itself is wrong. The app should hear of it.</summary>
    Refused,

    /// <summary>In the service's memory.</summary>
    Queued,

    /// <summary>On the service's disk.</summary>
    Spooled,

    /// <summary>On the topic.</summary>
    Stored,
}
