namespace EventSourcing.PostgresCdc.Positions;

/// <summary>What the ends of the topics hold beyond the stored position.</summary>
internal sealed class TailState
{
    private readonly Dictionary<string, ChangeMark[]> _last = [];
    private readonly Dictionary<string, long> _sequences = [];
    private readonly HashSet<(string Source, string Id)> _ids = [];
    private readonly HashSet<(string Source, long Sequence)> _numbers = [];
    private readonly HashSet<string> _written = [];

    /// <summary>Largest <c>sequence</c> seen per <c>source</c>.</summary>
    public IReadOnlyDictionary<string, long> Sequences => _sequences;

    /// <summary>Something was ever written to the topic.</summary>
    public bool IsWritten(string topic) => _written.Contains(topic);

    /// <summary>Something beyond the position was found.</summary>
    public bool HasFound { get; private set; }

    /// <summary>
    /// The change is on the topic. Each partition has a prefix of what was sent to it, for one producer sends in order with one request in flight: so the last
    /// mark of the key's partition decides.
    /// </summary>
    public bool Has(string topic, ReadOnlySpan<byte> key, ChangeMark mark) =>
        _last.TryGetValue(topic, out var last) && mark <= last[Murmur2.Partition(key, last.Length)];

    /// <summary>An event with this id was among those looked at.</summary>
    public bool Has(string source, string id) => _ids.Contains((source, id));

    /// <summary>Notes a topic.</summary>
    public void AddTopic(string topic, int partitions, bool isWritten)
    {
        _last[topic] = new ChangeMark[partitions];
        if (isWritten)
            _written.Add(topic);
    }

    /// <summary>Notes a record.</summary>
    public void Add(string topic, int partition, ChangeMark? mark, string? source, string? id, long sequence, ulong position)
    {
        if (mark is { } found && found > _last[topic][partition])
        {
            _last[topic][partition] = found;
            HasFound |= found.Lsn >= position;
        }

        if (source is null)
            return;
        if (sequence > _sequences.GetValueOrDefault(source))
            _sequences[source] = sequence;
        if (mark is not null || id is null)
            return;
        _ids.Add((source, id));
        _numbers.Add((source, sequence));
    }

    /// <summary>
    /// Numbers that a batch was given and that are not on the topic: each partition has a prefix of what it was sent, together they may have holes. Only the last batch can.
    /// </summary>
    public IEnumerable<long> FreeNumbers(string source, long above, int depth)
    {
        var last = _sequences.GetValueOrDefault(source);
        for (var number = Math.Max(above, last - depth) + 1; number < last; number++)
        {
            if (!_numbers.Contains((source, number)))
                yield return number;
        }
    }
}
