using EventSourcing.Receipts;

namespace EventSourcing.Ledger;

/// <summary>All runs of all reporters.</summary>
internal sealed class Reporters(LedgerOptions options)
{
    private readonly Dictionary<(string Name, DateTimeOffset StartedAt), ReporterRun> _runs = [];

    public int Count => _runs.Count;

    /// <summary>When the latest report came; the ledger must have read past the ends seen after it.</summary>
    public DateTimeOffset LastTakenAt { get; private set; }

    /// <summary>Takes a report, or says why not.</summary>
    public ReportOutcome Take(string reporter, ReceiptsReport report, TakenReport taken)
    {
        var key = (reporter, report.StartedAt);
        if (!_runs.TryGetValue(key, out var run))
        {
            if (_runs.Count >= options.MaxReporters || Segments + taken.Segments > options.MaxReceiptSegments)
                return ReportOutcome.Full;
            _runs.Add(key, new ReporterRun(reporter, report.StartedAt, taken));
        }
        else
        {
            if (Segments - run.Segments + (3 * taken.Segments) > options.MaxReceiptSegments)
                return ReportOutcome.Full;
            if (!run.Take(taken, options.LostAfter))
                return ReportOutcome.OutOfDate;
        }
        LastTakenAt = taken.TakenAt;
        return ReportOutcome.Taken;
    }

    /// <summary>True when there are reporters and each has sent its last report, or fell silent and was replaced by a later run.</summary>
    public bool AllEnded(DateTimeOffset now) => _runs.Count > 0 && _runs.Values.All(run => HasEnded(run, now));

    public IReadOnlyList<ReporterStatus> Statuses(DateTimeOffset now) =>
        [.. _runs.Values.OrderBy(run => run.Name, StringComparer.Ordinal).ThenBy(run => run.StartedAt)
            .Select(run => run.Status(now, options.SilentAfter, IsReplaced(run)))];

    /// <summary>One claim per source and topic: what was promised, and what of it is due.</summary>
    public IReadOnlyCollection<Claim> Claims(DateTimeOffset now, DateTimeOffset caughtUpAsOf)
    {
        var claims = new Dictionary<(string Topic, string Source), Claim>();
        foreach (var run in _runs.Values)
        {
            var due = run.Due(now, caughtUpAsOf, options.LostAfter, HasEnded(run, now));
            foreach (var (key, answers) in run.Latest.Sources)
            {
                var claim = new Claim(run.Name, answers, due?.Sources.GetValueOrDefault(key)?.Promised);
                claims[key] = claims.TryGetValue(key, out var other) ? other.With(claim) : claim;
            }
        }
        return claims.Values;
    }

    private long Segments => _runs.Values.Sum(static run => run.Segments);

    private bool HasEnded(ReporterRun run, DateTimeOffset now) =>
        run.Latest.Final || (now - run.Latest.TakenAt >= options.SilentAfter && IsReplaced(run));

    private bool IsReplaced(ReporterRun run) =>
        _runs.Values.Any(other => other.Name == run.Name && other.StartedAt > run.StartedAt);
}

/// <summary>What became of a report.</summary>
internal enum ReportOutcome
{
    /// <summary>It is the reporter's state now.</summary>
    Taken,

    /// <summary>A later report of the same run was taken before.</summary>
    OutOfDate,

    /// <summary>The ledger has no memory for it.</summary>
    Full,
}
