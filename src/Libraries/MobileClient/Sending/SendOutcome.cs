namespace EventSourcing.MobileClient.Sending;

/// <summary>What became of one request.</summary>
/// <param name="Verdicts">A verdict per event; null when the request was not taken.</param>
/// <param name="IsDefective">The service cannot read the batch: one of its events spoils it, or it is too large.</param>
/// <param name="RetryAfter">What the service asks to wait; null when it does not say.</param>
/// <param name="Reason">Why it was not taken.</param>
internal sealed record SendOutcome(SentVerdict[]? Verdicts, bool IsDefective, TimeSpan? RetryAfter, string Reason)
{
    public static SendOutcome Answered(SentVerdict[] verdicts, TimeSpan? retryAfter) => new(verdicts, false, retryAfter, "");

    public static SendOutcome Defective(string reason) => new(null, true, null, reason);

    public static SendOutcome Later(string reason, TimeSpan? retryAfter = null) => new(null, false, retryAfter, reason);
}
