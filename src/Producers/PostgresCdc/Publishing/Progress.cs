using EventSourcing.PostgresCdc.Positions;

namespace EventSourcing.PostgresCdc.Publishing;

/// <summary>
/// The position, moved over the gap-free prefix of units that are done. Transactions are done in any order; the position passes one only after all before it.
/// </summary>
internal sealed class Progress(Position position)
{
    private readonly Lock _gate = new();
    private readonly Queue<Unit> _open = new();
    private Unit? _last;
    private bool _isDirty;

    /// <summary>Units that the position has not passed.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
                return _open.Count;
        }
    }

    /// <summary>Where the position stands.</summary>
    public ulong Lsn
    {
        get
        {
            lock (_gate)
                return position.LsnValue;
        }
    }

    /// <summary>A unit begins; units are passed in the order in which they began.</summary>
    public Unit Begin()
    {
        lock (_gate)
        {
            _open.Enqueue(_last = new Unit());
            return _last;
        }
    }

    /// <summary>Nothing of this part of the log was published: its end is reached with whatever is still open.</summary>
    public void Skip(ulong endLsn)
    {
        lock (_gate)
        {
            if (_open.Count > 0)
                _last!.EndLsn = Math.Max(_last.EndLsn, endLsn);
            else
                MoveTo(endLsn);
        }
    }

    /// <summary>The unit has ended, or one of its receipts is there.</summary>
    public void Complete(Unit unit)
    {
        if (!unit.Complete())
            return;
        lock (_gate)
        {
            while (_open.TryPeek(out var first) && first.IsDone)
            {
                _open.Dequeue();
                Pass(first);
            }
        }
    }

    /// <summary>Changes the position itself.</summary>
    public void Update(Action<Position> change)
    {
        lock (_gate)
        {
            change(position);
            _isDirty = true;
        }
    }

    /// <summary>The position as JSON when it has moved since the last time, or <paramref name="force"/>; the LSN that it says.</summary>
    public (byte[] Json, ulong Lsn)? Take(DateTimeOffset now, bool force = false)
    {
        lock (_gate)
        {
            if (!_isDirty && !force)
                return null;
            _isDirty = false;
            position.Time = now;
            return (position.ToJson(), position.LsnValue);
        }
    }

    private void Pass(Unit unit)
    {
        foreach (var (source, sequence) in unit.Sequences ?? [])
            position.Sequences[source] = sequence;
        unit.Apply?.Invoke(position);
        _isDirty |= unit.Sequences is not null || unit.Apply is not null;
        MoveTo(unit.EndLsn);
    }

    private void MoveTo(ulong lsn)
    {
        if (lsn <= position.LsnValue)
            return;
        position.LsnValue = lsn;
        _isDirty = true;
    }
}
