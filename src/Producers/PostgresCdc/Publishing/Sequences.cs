namespace EventSourcing.PostgresCdc.Publishing;

/// <summary>Dense numbers per source, from the stored position on; each unit notes the last it was given. Thread-safe; a source is numbered by one thread at a time.</summary>
internal sealed class Sequences(IReadOnlyDictionary<string, long> start)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _last = new(start);
    private readonly Dictionary<string, Queue<long>> _free = [];

    /// <summary>The next number of a source.</summary>
    public long Next(string source, Unit unit)
    {
        lock (_gate)
        {
            if (_free.TryGetValue(source, out var free) && free.TryDequeue(out var left))
                return left;
            var next = _last.GetValueOrDefault(source) + 1;
            _last[source] = next;
            (unit.Sequences ??= [])[source] = next;
            return next;
        }
    }

    /// <summary>Numbers that an interrupted batch left out are given first.</summary>
    public void Reuse(string source, IEnumerable<long> numbers)
    {
        lock (_gate)
            _free[source] = new Queue<long>(numbers);
    }

    /// <summary>The numbers of a source begin above what is on its topic.</summary>
    public void Raise(string source, long last)
    {
        lock (_gate)
            _last[source] = Math.Max(_last.GetValueOrDefault(source), last);
    }
}
