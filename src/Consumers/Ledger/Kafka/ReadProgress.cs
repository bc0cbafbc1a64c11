using Confluent.Kafka;

namespace EventSourcing.Ledger;

/// <summary>
/// How far the reading has come, compared with looks at the ends of all partitions. Two looks are kept: the one that is to be passed and the newest, so
/// that a reader that is always a little behind still passes them one after the other.
/// </summary>
internal sealed class ReadProgress
{
    private readonly Dictionary<TopicPartition, long> _positions = [];
    private Look? _target;
    private Look? _newest;

    /// <summary>Everything that was on the topics at this time has been read.</summary>
    public DateTimeOffset CaughtUpAsOf { get; private set; } = DateTimeOffset.MinValue;

    public int Partitions => _positions.Count;

    /// <summary>Records behind the newest look; -1 before the first.</summary>
    public long Lag => _newest?.Ends.Sum(end => Math.Max(0, end.Value - Position(end.Key))) ?? -1;

    public bool CaughtUp => _newest is not null && CaughtUpAsOf >= _newest.TakenAt;

    public void SetPosition(TopicPartition partition, long next) => _positions[partition] = next;

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
