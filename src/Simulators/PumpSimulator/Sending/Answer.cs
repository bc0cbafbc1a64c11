namespace EventSourcing.PumpSimulator.Sending;

/// <summary>What a device was told about one event.</summary>
/// <param name="Kind">How far the event came.</param>
/// <param name="Detail">Position or reason, for people.</param>
/// <param name="RetryAfter">When trying again may help.</param>
internal readonly record struct Answer(AnswerKind Kind, string Detail, TimeSpan? RetryAfter = null);

/// <summary>How far an event came.</summary>
internal enum AnswerKind
{
    /// <summary>In the topic, at a known position.</summary>
    Stored,

    /// <summary>On a disk on the way to the topic: a service's spool, or the MQTT broker with its persistent session.</summary>
    Spooled,

    /// <summary>In a service's memory.</summary>
    Queued,

    /// <summary>Refused for good.</summary>
    Rejected,

    /// <summary>Not taken; trying again may help.</summary>
    NotTaken,

    /// <summary>No answer: it may have been taken.</summary>
    Unknown,
}
