using System.Diagnostics;
using Confluent.Kafka;

namespace EventSourcing.EventBackbone.Transactions;

/// <summary>What waits for its transaction, in order. The routes' buffers bound it.</summary>
internal sealed class TransactionQueue(TransactionSettings settings)
{
    private readonly object _gate = new();                    // its monitor is waited on
    private readonly LinkedList<TransactionUnit> _units = new();
    private int _records;
    private Error? _closed;

    /// <summary>Why the last transaction failed, for whoever is refused because of it; null after a success.</summary>
    public string? Trouble { get; set; }

    /// <summary>Takes the unit, or reports at once when the queue is closed.</summary>
    public void Add(TransactionUnit unit)
    {
        Error? closed;
        lock (_gate)
        {
            closed = _closed;
            if (closed is null)
            {
                _units.AddLast(unit);
                _records += unit.Records.Count;
                if (_units.Count == 1 || _records >= settings.MostRecords)
                    Monitor.Pulse(_gate);
            }
        }
        if (closed is not null)
            unit.Report(closed, PersistenceStatus.NotPersisted);
    }

    /// <summary>The next transaction's units; none when nothing came within <paramref name="idle"/>.</summary>
    public List<TransactionUnit> Take(TimeSpan idle)
    {
        lock (_gate)
        {
            if (_units.Count == 0 && _closed is null)
                Monitor.Wait(_gate, idle);
            while (_units.First is { } first && _records < settings.MostRecords && _closed is null
                && settings.Linger - Stopwatch.GetElapsedTime(first.Value.AcceptedAt) is { Ticks: > 0 } rest)
                Monitor.Wait(_gate, rest);
            return TakeFirst();
        }
    }

    /// <summary>Puts units back where they came from.</summary>
    public void Return(List<TransactionUnit> units)
    {
        Error? closed;
        lock (_gate)
        {
            closed = _closed;
            for (var index = units.Count - 1; index >= 0 && closed is null; index--)
            {
                _units.AddFirst(units[index]);
                _records += units[index].Records.Count;
            }
        }
        if (closed is not null)
            Report(units, closed);
    }

    /// <summary>When the oldest has waited too long, everything is refused: what came after it must not overtake it.</summary>
    public void RefuseOverdue()
    {
        lock (_gate)
            if (_units.First is not { } oldest || Stopwatch.GetElapsedTime(oldest.Value.AcceptedAt) <= settings.DeliveryTimeout)
                return;
        Report(TakeAll(close: null), new Error(ErrorCode.Local_TimedOut, $"no transaction was committed within {settings.DeliveryTimeout}{Because()}"));
    }

    /// <summary>Refuses everything, now and from now on.</summary>
    public void Close(Error error) => Report(TakeAll(error), error);

    private string Because() => Trouble is { } trouble ? $" ({trouble})" : "";

    private List<TransactionUnit> TakeFirst()
    {
        var units = new List<TransactionUnit>();
        var (records, most) = (0, int.MaxValue);
        while (_units.First is { } first && units.Count < Math.Min(most, first.Value.MostTogether)
            && (units.Count == 0 || records + first.Value.Records.Count <= settings.MostRecords))
        {
            _units.RemoveFirst();
            units.Add(first.Value);
            records += first.Value.Records.Count;
            most = Math.Min(most, first.Value.MostTogether);
        }
        _records -= records;
        return units;
    }

    private List<TransactionUnit> TakeAll(Error? close)
    {
        lock (_gate)
        {
            _closed ??= close;
            var all = new List<TransactionUnit>(_units);
            _units.Clear();
            _records = 0;
            Monitor.Pulse(_gate);
            return all;
        }
    }

    private static void Report(List<TransactionUnit> units, Error error)
    {
        foreach (var unit in units)
            unit.Report(error, PersistenceStatus.NotPersisted);
    }
}
