using EventSourcing.Receipts;

namespace EventSourcing.Ledger;

/// <summary>Adds verdicts up into one row.</summary>
internal sealed class Tally(string name, string? topic)
{
    private const int LostRanges = 10;

    private readonly LatencyHistogram _latency = new();
    private double _rate;
    private string? _reporter;
    private string? _lost;
    private bool _any;

    public LedgerCounts Counts { get; private set; } = new();

    public LatencySummary Latency => _latency.Summarize();

    public void Add(Verdict verdict, DateTimeOffset now)
    {
        Counts = Sum(Counts, verdict.Counts);
        _reporter = _any && _reporter != verdict.Reporter ? null : verdict.Reporter;
        _any = true;
        if (verdict.Account?.Latency is { } latency)
            _latency.Add(latency);
        _rate += verdict.Account?.Rate.PerSecond(now) ?? 0;
        if (_lost is null && verdict.LostSequences(LostRanges) is { } lost)
            _lost = $"{verdict.Source} {lost}";
    }

    public LedgerRow ToRow() => new(name, Counts, Latency, _rate, topic, _reporter, _lost);

    private static LedgerCounts Sum(LedgerCounts left, LedgerCounts right) => new()
    {
        Accepted = left.Accepted + right.Accepted,
        Stored = left.Stored + right.Stored,
        Lost = left.Lost + right.Lost,
        Pending = left.Pending + right.Pending,
        Duplicated = left.Duplicated + right.Duplicated,
        MarkedDuplicates = left.MarkedDuplicates + right.MarkedDuplicates,
        OutOfOrder = left.OutOfOrder + right.OutOfOrder,
        Unconfirmed = left.Unconfirmed + right.Unconfirmed,
        RejectedPresent = left.RejectedPresent + right.RejectedPresent,
        Rejected = left.Rejected + right.Rejected,
        Queued = left.Queued + right.Queued,
        Unanswered = left.Unanswered + right.Unanswered,
        Untracked = left.Untracked + right.Untracked,
        Records = left.Records + right.Records,
    };
}
