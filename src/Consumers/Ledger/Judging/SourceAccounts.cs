using System.Diagnostics.CodeAnalysis;
using EventSourcing.Receipts;

namespace EventSourcing.Ledger;

/// <summary>
/// The accounts of all sources, bounded: when their number or their sequences reach the bound, the source that was idle longest and that
/// nobody reports is forgotten (second chance: one that was seen since the last search stays for another round).
/// </summary>
internal sealed class SourceAccounts(int maxSources, int maxSegments)
{
    private readonly Dictionary<(string Topic, string Source), SourceAccount> _accounts = [];
    private readonly HashSet<(string Topic, string Source)> _reported = [];
    private readonly Queue<SourceAccount> _foreign = [];
    private readonly SegmentBudget _budget = new(maxSegments);
    private SourceAccount? _recent;
    private long _lastId;

    public int Count => _accounts.Count;

    public long SegmentsUsed => _budget.Used;

    /// <summary>Sources forgotten so far, and their records.</summary>
    public long Forgotten { get; private set; }

    public long ForgottenRecords { get; private set; }

    /// <summary>Records whose source found no room although everything idle was forgotten.</summary>
    public long Untracked { get; private set; }

    public IEnumerable<SourceAccount> All => _accounts.Values;

    public SourceAccount? Find(string topic, string source) => _accounts.GetValueOrDefault((topic, source));

    /// <summary>The account of the record's source; false when there is no room for it.</summary>
    public bool TryGet(string topic, string source, [NotNullWhen(true)] out SourceAccount? account)
    {
        if (_budget.Used >= _budget.Capacity)
            ForgetOne();
        account = _recent;
        if (account is not null && account.Source == source && account.Topic == topic)
            return true;
        if (!_accounts.TryGetValue((topic, source), out account) && !TryOpen(topic, source, out account))
        {
            Untracked++;
            return false;
        }
        _recent = account;
        return true;
    }

    /// <summary>Notes that a reporter knows the source; its records may come earlier or later.</summary>
    public void MarkReported(string topic, string source)
    {
        if (_reported.Add((topic, source)) && Find(topic, source) is { } account)
            account.Reported = true;
    }

    private bool TryOpen(string topic, string source, [NotNullWhen(true)] out SourceAccount? account)
    {
        account = null;
        if (_accounts.Count >= maxSources && !ForgetOne())
            return false;
        account = new SourceAccount(++_lastId, topic, source, _budget) { Reported = _reported.Contains((topic, source)) };
        _accounts.Add((topic, source), account);
        if (!account.Reported)
            _foreign.Enqueue(account);
        return true;
    }

    private bool ForgetOne()
    {
        for (var remaining = _foreign.Count * 2; remaining > 0 && _foreign.TryDequeue(out var candidate); remaining--)
        {
            if (candidate.Reported)
                continue;
            if (!candidate.Touched)
            {
                Forget(candidate);
                return true;
            }
            candidate.Touched = false;
            _foreign.Enqueue(candidate);
        }
        return false;
    }

    private void Forget(SourceAccount account)
    {
        _accounts.Remove((account.Topic, account.Source));
        if (ReferenceEquals(_recent, account))
            _recent = null;
        Forgotten++;
        ForgottenRecords += account.Records;
        account.Forget();
    }
}
