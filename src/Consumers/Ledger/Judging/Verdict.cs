using EventSourcing.Receipts;

namespace EventSourcing.Ledger;

/// <summary>The judgement on one source and topic: a claim compared with what was found.</summary>
internal sealed class Verdict
{
    private static readonly SequenceSet Nothing = new();

    private readonly Claim? _claim;
    private readonly SequenceSet _found;

    public Verdict(string topic, string source, Claim? claim, SourceAccount? account)
    {
        (Topic, Source, _claim, Account) = (topic, source, claim, account);
        _found = account?.OnTopic ?? Nothing;
        Counts = claim is null ? Foreign() : Judge(claim.Answers);
    }

    public string Topic { get; }

    public string Source { get; }

    public string? Reporter => _claim?.Reporter;

    public bool IsForeign => _claim is null;

    public SourceAccount? Account { get; }

    public LedgerCounts Counts { get; }

    /// <summary>Spooled events that are still missing: a spool may be draining.</summary>
    public long SpooledMissing => _claim?.Answers.Spooled.CountExcept(_found) ?? 0;

    /// <summary>The first lost sequences: <c>17-19,22</c>; null when none is lost.</summary>
    public string? LostSequences(int ranges) =>
        Counts.Lost == 0 ? null : SequenceSet.Format(_claim!.Due!.RangesExcept(_found).Take(ranges));

    private LedgerCounts Judge(SourceAnswers answers)
    {
        var stored = answers.Promised.CountIntersection(_found);
        var lost = _claim!.Due?.CountExcept(_found) ?? 0;
        var rejectedPresent = answers.Rejected.CountIntersection(_found);
        return Foreign() with
        {
            Accepted = answers.Promised.Count,
            Stored = stored,
            Lost = lost,
            Pending = answers.Promised.Count - stored - lost,
            Unconfirmed = _found.Count - stored - rejectedPresent,
            RejectedPresent = rejectedPresent,
            Rejected = answers.Rejected.Count,
            Queued = answers.QueuedCount,
            Unanswered = answers.UnansweredCount,
            Untracked = answers.Refused + (Account?.Untracked ?? 0),
        };
    }

    private LedgerCounts Foreign() => new()
    {
        Unconfirmed = _found.Count,
        Duplicated = Account?.Duplicated ?? 0,
        MarkedDuplicates = Account?.MarkedDuplicates ?? 0,
        OutOfOrder = Account?.OutOfOrder ?? 0,
        Untracked = Account?.Untracked ?? 0,
        Records = Account?.Records ?? 0,
    };
}
