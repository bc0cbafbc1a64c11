using EventSourcing.Receipts;

namespace EventSourcing.Ledger;

/// <summary>The state of the ledger at one moment, as it is reported.</summary>
internal sealed class Judgement
{
    private readonly LedgerContents _contents;
    private readonly DateTimeOffset _now;
    private readonly List<Verdict> _verdicts = [];
    private readonly HashSet<SourceAccount> _judged = [];

    public Judgement(LedgerContents contents, DateTimeOffset now)
    {
        (_contents, _now) = (contents, now);
        foreach (var claim in contents.Reporters.Claims(now, contents.Progress.CaughtUpAsOf))
        {
            var account = contents.Accounts.Find(claim.Answers.Topic, claim.Answers.Source);
            _verdicts.Add(new Verdict(claim.Answers.Topic, claim.Answers.Source, claim, account));
            if (account is not null)
                _judged.Add(account);
        }
    }

    public long SpooledMissing => _verdicts.Sum(static verdict => verdict.SpooledMissing);

    public LedgerReport ToReport(LedgerQuery query)
    {
        var totals = new Tally("total", null);
        foreach (var verdict in _verdicts)
            totals.Add(verdict, _now);
        var counts = totals.Counts with { Untracked = totals.Counts.Untracked + _contents.Accounts.Untracked };
        var topics = Topics();
        var rows = query.By == LedgerGrouping.Topic ? topics : [.. Rows(query.By).OrderBy(row => row.Counts.Balanced || row.Reporter is null)
            .ThenByDescending(row => row.Counts.Records).ThenBy(row => row.Name, StringComparer.Ordinal)];
        return new LedgerReport
        {
            Settled = _contents.IsSettled(_now),
            Balanced = counts.Balanced && _contents.Progress.CutOff == 0,
            Totals = counts,
            Latency = totals.Latency,
            Sources = [.. rows.Take(query.Limit)],
            LeftOut = Math.Max(0, rows.Count - query.Limit),
            Topics = topics,
            Reporters = _contents.Reporters.Statuses(_now),
            DeadLetters = _contents.DeadLetters.ToList(),
            Foreign = Foreign(),
            Reading = Reading(),
        };
    }

    private IEnumerable<SourceAccount> ForeignAccounts => _contents.Accounts.All.Where(account => !_judged.Contains(account));

    private List<LedgerRow> Rows(LedgerGrouping by)
    {
        var tallies = new Dictionary<(string Name, string Topic), Tally>();
        foreach (var verdict in _verdicts)
            Add(NameOf(verdict, by), verdict);
        if (by == LedgerGrouping.Source)
        {
            foreach (var account in ForeignAccounts)
                Add(account.Source, new Verdict(account.Topic, account.Source, null, account));
        }
        return [.. tallies.Values.Select(static tally => tally.ToRow())];

        void Add(string name, Verdict verdict)
        {
            if (!tallies.TryGetValue((name, verdict.Topic), out var tally))
                tallies.Add((name, verdict.Topic), tally = new Tally(name, verdict.Topic));
            tally.Add(verdict, _now);
        }
    }

    private static string NameOf(Verdict verdict, LedgerGrouping by) => by switch
    {
        LedgerGrouping.Source => verdict.Source,
        LedgerGrouping.Path when verdict.Source.Split('/') is [_, _, _, var path, ..] => $"{verdict.Reporter} ({path})",
        _ => verdict.Reporter ?? "(several)",
    };

    /// <summary>The figures of the reported sources; records and rate of everybody's.</summary>
    private List<LedgerRow> Topics()
    {
        var tallies = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var name in _contents.Topics.Keys.Concat(_verdicts.Select(static verdict => verdict.Topic)).Distinct())
            tallies.Add(name, new Tally(name, name));
        foreach (var verdict in _verdicts)
            tallies[verdict.Topic].Add(verdict, _now);
        return [.. tallies.Values.Select(tally => tally.ToRow()).Select(row => _contents.Topics.TryGetValue(row.Name, out var topic)
            ? row with { Counts = row.Counts with { Records = topic.Records }, RecordsPerSecond = topic.Rate.PerSecond(_now) }
            : row)];
    }

    private ForeignCounts Foreign()
    {
        var foreign = ForeignAccounts.ToList();
        var accounts = _contents.Accounts;
        return new(foreign.Count, foreign.Sum(static account => account.Records) + accounts.ForgottenRecords, _contents.NotSequenced, accounts.Forgotten);
    }

    private ReadingStatus Reading()
    {
        var progress = _contents.Progress;
        var rate = _contents.Topics.Values.Sum(topic => topic.Rate.PerSecond(_now));
        return new(progress.CaughtUp, progress.Lag, progress.Partitions, rate, _contents.LastSequences.Forgotten, progress.ReadAgain, progress.CutOff);
    }
}
