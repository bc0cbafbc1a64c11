namespace EventSourcing.Storefront.Shoppers;

/// <summary>What a sender was told about one event.</summary>
internal enum SendStatus
{
    /// <summary>No answer: the event may or may not arrive.</summary>
    Unanswered,

    /// <summary>In memory of the collector.</summary>
    Queued,

    /// <summary>On the collector's disk.</summary>
    Spooled,

    /// <summary>On the topic.</summary>
    Stored,

    /// <summary>Refused for good.</summary>
    Rejected,

    /// <summary>Refused for now: not on the topic, send it again.</summary>
    Later,

    /// <summary>Refused for now, but it may be on the topic: send it again and say so.</summary>
    LaterUncertain,
}

/// <summary>The answer to one event.</summary>
/// <param name="Status">What was told.</param>
/// <param name="RetryAfter">When to send it again.</param>
/// <param name="Reason">Why it was refused, for the log.</param>
internal readonly record struct SendAnswer(SendStatus Status, TimeSpan RetryAfter = default, string? Reason = null)
{
    private const string OutcomeUnknownType = "urn:eventsourcing:outcome-unknown";

    /// <summary>True when the event is to be sent again.</summary>
    public bool IsLater => Status is SendStatus.Later or SendStatus.LaterUncertain;

    /// <summary>A refusal as the collector words it.</summary>
    public static SendAnswer Refused(string? type, string? detail, TimeSpan? retryAfter) => retryAfter is not { } delay
        ? new SendAnswer(SendStatus.Rejected, default, detail ?? type)
        : new SendAnswer(type == OutcomeUnknownType ? SendStatus.LaterUncertain : SendStatus.Later, delay, detail ?? type);
}
