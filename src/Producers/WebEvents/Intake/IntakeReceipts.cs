using EventSourcing.EventBackbone;

namespace EventSourcing.WebEvents.Intake;

/// <summary>What became of the events of one batch.</summary>
/// <param name="Ids">Ids in the order the events were added; null where one had none that could be read.</param>
/// <param name="Receipts">Receipts in the same order.</param>
/// <param name="LostDeadLetters">The dead letters that the dead-letter route did not take.</param>
internal readonly record struct IntakeReceipts(
    IReadOnlyList<string?> Ids, ReadOnlyMemory<Receipt> Receipts, LostDeadLetters LostDeadLetters)
{
    /// <summary>Of the refusals that may pass, the one that asks for the longest wait; null when there is none.</summary>
    public Rejection? LongestPassing()
    {
        Rejection? longest = null;
        foreach (var receipt in Receipts.Span)
        {
            if (receipt.Rejection is { Kind: not RejectionKind.Poison } refusal && !(longest?.RetryAfter >= refusal.RetryAfter))
                longest = refusal;
        }

        return longest;
    }
}

/// <summary>Dead letters that found no place.</summary>
/// <param name="Count">How many.</param>
/// <param name="Reason">Why, for the first of them; null when there are none.</param>
internal readonly record struct LostDeadLetters(int Count, Rejection? Reason);
