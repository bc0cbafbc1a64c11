namespace EventSourcing.EndToEnd.Tests.Contract;

/// <summary>What a sender was told.</summary>
/// <param name="Kind">In short.</param>
/// <param name="Reason">The URN or what the network did.</param>
public sealed record Answer(AnswerKind Kind, string? Reason = null)
{
    public static Answer Accepted { get; } = new(AnswerKind.Accepted);

    public static Answer Refused(string? reason) => new(AnswerKind.Refused, reason);

    public static Answer Later(string? reason) => new(AnswerKind.Later, reason);
}

/// <summary>The kinds of answer.</summary>
public enum AnswerKind
{
    /// <summary>A promise: it will be on its topic.</summary>
    Accepted,

    /// <summary>Never.</summary>
    Refused,

    /// <summary>Not now, or nobody knows: to be sent again.</summary>
    Later,
}
