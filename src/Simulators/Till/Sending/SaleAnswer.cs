namespace EventSourcing.Till.Sending;

/// <summary>What the queue says of a message.</summary>
internal readonly record struct SaleAnswer(SaleAnswerKind Kind, string? Reason = null)
{
    public static readonly SaleAnswer Accepted = new(SaleAnswerKind.Accepted);
    public static readonly SaleAnswer NotTaken = new(SaleAnswerKind.NotTaken);
    public static readonly SaleAnswer Unknown = new(SaleAnswerKind.Unknown);
}

/// <summary>The kinds of answer.</summary>
internal enum SaleAnswerKind
{
    /// <summary>Queued by the queue, durable.</summary>
    Accepted,

    /// <summary>Not now.</summary>
    NotTaken,

    /// <summary>Never.</summary>
    Refused,

    /// <summary>No answer: the connection ended.</summary>
    Unknown,
}
