using Confluent.Kafka;

namespace EventSourcing.Ledger;

/// <summary>
/// How far the reading has come, compared with looks at the ends of all partitions. Two looks are kept: the one that is to be passed and the newest, so
/// that a reader that is always a little behind still passes them one after the other.
/// </summary>
internal sealed class ReadProgress
{
    private readonly Dictionary<TopicPartition, long> _positions = [];
    private readonly HashSet<TopicPartition> _suspects = [];
    private Look? _target;
    private Look? _newest;

    /// <summary>Everything that was on the topics at this time has been read.</summary>
    public DateTimeOffset CaughtUpAsOf { get; private set; } = DateTimeOffset.MinValue;

    public int Partitions => _positions.Count;

    /// <summary>Records behind the newest look; -1 before the first.</summary>
    public long Lag => _newest?.Ends.Sum(end => Math.Max(0, end.Value - Position(end.Key))) ?? -1;

    public bool CaughtUp => _newest is not null && CaughtUpAsOf >= _newest.TakenAt;

    /// <summary>Records given a second time.</summary>
    public long ReadAgain { get; private set; }

    /// <summary>Offsets read that their log has no longer.</summary>
    public long CutOff { get; private set; }

    /// <summary>The next offset of each partition that was read.</summary>
    public Dictionary<TopicPartition, long> Positions() => new(_positions);

    /// <summary>True when the record at <paramref name="offset"/> is read for the first time: a client that has lost its place starts over.</summary>
    public bool Advance(TopicPartition partition, long offset)
    {
        if (offset < Position(partition))
        {
            ReadAgain++;
            return false;
        }
        _positions[partition] = offset + 1;
        return true;
    }

    /// <summary>Everything before <paramref name="next"/> has been read; a lower one changes nothing.</summary>
    public void SetPosition(TopicPartition partition, long next) => _positions[partition] = Math.Max(next, Position(partition));

    /// <summary>
    /// Looks for logs that end, two looks in a row, before what was read of them. What is written there from now on is new. A log that has grown beyond the old place
    /// before anybody looked is not noticed.
    /// </summary>
    /// <param name="before">Positions before the brokers were asked.</param>
    /// <param name="ends">The next offset of each partition.</param>
    /// <returns>Offsets cut off.</returns>
    public long FindCutOff(IReadOnlyDictionary<TopicPartition, long> before, IReadOnlyDictionary<TopicPartition, long> ends)
    {
        long found = 0;
        foreach (var (partition, end) in ends)
        {
            if (!before.TryGetValue(partition, out var position) || end >= position)
            {
                _suspects.Remove(partition);
                continue;
            }
            if (_suspects.Add(partition))
                continue;                                     // a broker that is starting may not know its end yet: the next look decides
            found += position - end;
            _positions[partition] = end;
        }
        CutOff += found;
        return found;
    }

    /// <param name="takenAt">Before the brokers were asked.</param>
    /// <param name="ends">The next offset of each partition.</param>
    public void SetEnds(DateTimeOffset takenAt, IReadOnlyDictionary<TopicPartition, long> ends)
    {
        Evaluate();
        _newest = new Look(takenAt, ends);
        _target ??= _newest;
        Evaluate();
    }

    public void Evaluate()
    {
        while (_target is not null && _target.Ends.All(end => Position(end.Key) >= end.Value))
        {
            CaughtUpAsOf = _target.TakenAt;
            _target = ReferenceEquals(_target, _newest) ? null : _newest;
        }
    }

    private long Position(TopicPartition partition) => _positions.GetValueOrDefault(partition);

    private sealed record Look(DateTimeOffset TakenAt, IReadOnlyDictionary<TopicPartition, long> Ends);
}
