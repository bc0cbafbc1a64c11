using EventSourcing.EventBackbone;
using EventSourcing.WebEvents.Intake;
using EventSourcing.WebEvents.V1;
using Receipt = EventSourcing.EventBackbone.Receipt;
using Rejection = EventSourcing.EventBackbone.Rejection;

namespace EventSourcing.WebEvents.Grpc;

/// <summary>Adds up the receipts of a PublishMany call.</summary>
internal sealed class SummaryTally
{
    private const int MaxFirstRejections = 16;

    public Summary Summary { get; } = new();

    /// <summary>The refusal that may pass and asks for the longest wait; null while there is none.</summary>
    public Rejection? Passing { get; private set; }

    public void Add(in IntakeReceipts intake)
    {
        var receipts = intake.Receipts.Span;
        for (var i = 0; i < receipts.Length; i++)
            Add(receipts[i], intake.Ids[i]);
        if (intake.LongestPassing() is { } refusal && !(Passing?.RetryAfter >= refusal.RetryAfter))
            Passing = refusal;
    }

    private void Add(in Receipt receipt, string? id)
    {
        Summary.Received++;
        if (receipt.Rejection is { } refusal)
            AddRejected(receipt, id, refusal);
        else if (receipt.Level == ReceiptLevel.Stored)
            Summary.Stored++;
        else if (receipt.Level == ReceiptLevel.Spooled)
            Summary.Spooled++;
        else
            Summary.Queued++;
    }

    private void AddRejected(in Receipt receipt, string? id, Rejection refusal)
    {
        Summary.Rejected++;
        if (refusal.Kind != RejectionKind.Poison)
            AddRetry(Summary.Received);
        else if (Summary.FirstRejections.Count < MaxFirstRejections)
            Summary.FirstRejections.Add(receipt.ToMessage(Summary.Received, id));
    }

    private void AddRetry(long number)
    {
        if (Summary.Retry is [.., var last] && last.To == number - 1)
            last.To = number;
        else
            Summary.Retry.Add(new NumberRange { From = number, To = number });
    }
}
