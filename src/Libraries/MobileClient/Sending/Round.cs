namespace EventSourcing.MobileClient.Sending;

/// <summary>What one round of sending achieved.</summary>
/// <param name="Kind">Whether there is something left, and whether anything moved.</param>
/// <param name="RetryAfter">What the service asks to wait.</param>
/// <param name="Reason">Why nothing moved.</param>
internal readonly record struct Round(RoundKind Kind, TimeSpan? RetryAfter = null, string Reason = "");

/// <summary>The kinds of round.</summary>
internal enum RoundKind
{
    /// <summary>The queue is empty.</summary>
    Done,

    /// <summary>Some events have their answer; go on, after <see cref="Round.RetryAfter"/> if there is one.</summary>
    Moved,

    /// <summary>None has; wait and try again.</summary>
    Stuck,
}
