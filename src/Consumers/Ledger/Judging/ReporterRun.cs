using EventSourcing.Receipts;

namespace EventSourcing.Ledger;

/// <summary>
/// One run of a reporter: its latest report, and two older ones, so that "promised longer ago than LostAfter" can be said without a time per event.
/// </summary>
internal sealed class ReporterRun(string name, DateTimeOffset startedAt, TakenReport first)
{
    private TakenReport _aging = first;
    private TakenReport? _aged;

    public string Name => name;

    public DateTimeOffset StartedAt => startedAt;

    public TakenReport Latest { get; private set; } = first;

    /// <summary>What the run's reports hold in memory.</summary>
    public long Segments => Latest.Segments + _aging.Segments + (_aged?.Segments ?? 0);

    /// <summary>False when the report is out of date: a later one was taken already.</summary>
    public bool Take(TakenReport report, TimeSpan lostAfter)
    {
        if (report.Number <= Latest.Number)
            return false;
        if (report.TakenAt - _aging.TakenAt >= lostAfter)
            (_aged, _aging) = (_aging, report);
        Latest = report;
        return true;
    }

    /// <summary>
    /// The report whose promises must be found by now: the ledger has read past the ends seen after it, and it is the last one
    /// or older than <paramref name="lostAfter"/>. Null when there is none yet.
    /// </summary>
    public TakenReport? Due(DateTimeOffset now, DateTimeOffset caughtUpAsOf, TimeSpan lostAfter, bool ended)
    {
        if (IsDue(Latest, ended ? TimeSpan.Zero : lostAfter))
            return Latest;
        if (IsDue(_aging, lostAfter))
            return _aging;
        return _aged is not null && IsDue(_aged, lostAfter) ? _aged : null;

        bool IsDue(TakenReport report, TimeSpan age) => report.TakenAt <= caughtUpAsOf && now - report.TakenAt >= age;
    }

    public ReporterStatus Status(DateTimeOffset now, TimeSpan silentAfter, bool replaced)
    {
        var silent = now - Latest.TakenAt >= silentAfter;
        var state = Latest.Final ? "final" : !silent ? "reporting" : replaced ? "replaced" : "silent";
        return new ReporterStatus(name, startedAt, state, Latest.TakenAt, Latest.Sources.Count);
    }
}
