namespace EventSourcing.Receipts;

/// <summary>
/// The ledger's figures, in distinct events unless said otherwise. Two identities hold at any moment:
/// <c>accepted = stored + lost + pending</c> and <c>events on the topics = stored + unconfirmed + rejectedPresent</c>.
/// </summary>
public sealed record LedgerCounts
{
    /// <summary>Receipts at level stored or spooled: what senders were promised.</summary>
    public long Accepted { get; init; }

    /// <summary>Promised events that are on their topic.</summary>
    public long Stored { get; init; }

    /// <summary>Promised events that are not on their topic although their time is up.</summary>
    public long Lost { get; init; }

    /// <summary>Promised events not found yet, while it is too early to call them lost.</summary>
    public long Pending { get; init; }

    /// <summary>Events found more than once, no copy of which was marked as a possible duplicate.</summary>
    public long Duplicated { get; init; }

    /// <summary>Events found more than once, a copy of which was marked as a possible duplicate.</summary>
    public long MarkedDuplicates { get; init; }

    /// <summary>Events found after a later event of the same source and record key.</summary>
    public long OutOfOrder { get; init; }

    /// <summary>Events on the topic without a promise and without a refusal: answered as queued, not answered, or not reported yet.</summary>
    public long Unconfirmed { get; init; }

    /// <summary>Events that were refused and never promised, and yet are on the topic.</summary>
    public long RejectedPresent { get; init; }

    /// <summary>Refused events without a better answer.</summary>
    public long Rejected { get; init; }

    /// <summary>Events whose best answer is queued.</summary>
    public long Queued { get; init; }

    /// <summary>Events that got no answer and no better one later.</summary>
    public long Unanswered { get; init; }

    /// <summary>Events and receipts that the ledger had no memory for: above 0 its figures are a lower bound, and it does not balance.</summary>
    public long Untracked { get; init; }

    /// <summary>Records read, duplicates included.</summary>
    public long Records { get; init; }

    /// <summary>True when every promise was kept, once and in order: <c>stored = accepted</c> and nothing duplicated, out of order or untracked.</summary>
    public bool Balanced => Stored == Accepted && Lost + Duplicated + OutOfOrder + Untracked == 0;
}
