using EventSourcing.PostgresCdc.Publishing;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>The transaction that is being streamed; one object for all of them, one after the other.</summary>
internal sealed class LogTransaction(int tables, Progress progress)
{
    private readonly uint[] _orders = new uint[tables];
    private readonly List<int> _touched = [];
    private Unit? _unit;

    /// <summary>LSN of its commit record.</summary>
    public ulong CommitLsn { get; private set; }

    /// <summary>Its id on the server.</summary>
    public uint Xid { get; private set; }

    /// <summary>When it committed.</summary>
    public DateTimeOffset Time { get; private set; }

    /// <summary><c>transaction.id</c>.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Captured changes so far.</summary>
    public uint Order { get; private set; }

    /// <summary>The tables with changes, and how many each has.</summary>
    public IEnumerable<(int Table, uint Count)> Counts => _touched.Select(table => (table, _orders[table]));

    /// <summary>What the position passes with it; begun with the first change.</summary>
    public Unit Unit => _unit ??= progress.Begin();

    /// <summary>Begins.</summary>
    public void Begin(ulong commitLsn, uint xid, DateTimeOffset time)
    {
        (CommitLsn, Xid, Time, Order, _unit) = (commitLsn, xid, time, 0, null);
        Id = EnvelopeWriter.TransactionId(xid, commitLsn);
        foreach (var table in _touched)
            _orders[table] = 0;
        _touched.Clear();
    }

    /// <summary>One change more; its place among those of its table.</summary>
    public uint Count(int table)
    {
        Order++;
        if (_orders[table] == 0)
            _touched.Add(table);
        return ++_orders[table];
    }

    /// <summary>One change more, of no table.</summary>
    public uint Count() => ++Order;

    /// <summary>Its end; the position may pass it when everything has its receipt.</summary>
    public void End(ulong endLsn)
    {
        if (_unit is not { } unit)
        {
            progress.Skip(endLsn);
            return;
        }

        unit.EndLsn = Math.Max(unit.EndLsn, endLsn);
        _unit = null;
        progress.Complete(unit);
    }
}
