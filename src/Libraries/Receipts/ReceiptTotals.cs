namespace EventSourcing.Receipts;

/// <summary>How many events have each kind of answer. An event that was answered twice (refused, then stored) counts under both.</summary>
/// <param name="Stored">Receipts at level stored.</param>
/// <param name="Spooled">Receipts at level spooled.</param>
/// <param name="Queued">Receipts at level queued.</param>
/// <param name="Rejected">Refusals.</param>
/// <param name="Unanswered">Events without an answer.</param>
public readonly record struct ReceiptTotals(long Stored, long Spooled, long Queued, long Rejected, long Unanswered)
{
    /// <summary>Adds up two senders' totals.</summary>
    public static ReceiptTotals operator +(ReceiptTotals left, ReceiptTotals right) => new(
        left.Stored + right.Stored,
        left.Spooled + right.Spooled,
        left.Queued + right.Queued,
        left.Rejected + right.Rejected,
        left.Unanswered + right.Unanswered);

    /// <summary>The same as the operator <c>+</c>.</summary>
    public static ReceiptTotals Add(ReceiptTotals left, ReceiptTotals right) => left + right;
}
