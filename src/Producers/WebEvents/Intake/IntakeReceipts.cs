using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;

namespace EventSourcing.WebEvents.Intake;

/// <summary>What became of the events of one batch.</summary>
/// <param name="Ids">Ids in the order the events were added; null where one had none that could be read.</param>
/// <param name="Receipts">Receipts in the same order.</param>
/// <param name="LostDeadLetters">The dead letters that the dead-letter route did not take.</param>
internal readonly record struct IntakeReceipts(
    IReadOnlyList<string?> Ids, ReadOnlyMemory<Receipt> Receipts, LostDeadLetters LostDeadLetters)
{
    /// <summary>Of the refusals that may pass, the one that asks for the longest wait; null when there is none.</summary>
    public Rejection? LongestPassing() => ReceiptResults.LongestPassing(Receipts.Span);
}
