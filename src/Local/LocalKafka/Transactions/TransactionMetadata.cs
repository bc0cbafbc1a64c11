using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Transactions;

/// <summary>
/// What is known of one transactional id. Read and changed under <see cref="Gate"/>, and changed by applying records that are in the journal.
/// Nobody waits for a partition's log or the disk while holding the gate: logs take it under their own lock.
/// </summary>
internal sealed class TransactionMetadata(string transactionalId)
{
    private readonly HashSet<TopicPartition> _partitions = [];
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Group, TopicPartition Partition), OffsetEntry> _offsets = [];
    private int _completing;

    public Lock Gate { get; } = new();

    public TransactionHeader Header { get; private set; } = new(transactionalId);

    /// <summary>No longer in the coordinator's table: whoever still holds it looks the id up again.</summary>
    public bool IsForgotten { get; set; }

    public IReadOnlyCollection<TopicPartition> Partitions => _partitions;

    public IReadOnlyCollection<string> Groups => _groups;

    public IReadOnlyCollection<OffsetEntry> Offsets => _offsets.Values;

    public bool Has(TopicPartition partition) => _partitions.Contains(partition);

    public bool Has(string group) => _groups.Contains(group);

    /// <summary>A transaction that has ended leaves nothing behind but its outcome.</summary>
    public void Replace(TransactionHeader header)
    {
        Header = header;
        if (!header.HasEnded)
            return;
        _partitions.Clear();
        _groups.Clear();
        _offsets.Clear();
    }

    public void Add(TopicPartition partition) => _partitions.Add(partition);

    public void Add(string group) => _groups.Add(group);

    public void Add(OffsetEntry offset) => _offsets[(offset.Group, offset.Partition)] = offset;

    /// <summary>True for one caller at a time, who must call <see cref="EndCompletion"/>.</summary>
    public bool TryBeginCompletion() => Interlocked.Exchange(ref _completing, 1) == 0;

    public void EndCompletion() => Volatile.Write(ref _completing, 0);

    /// <summary>The records that make up the present state.</summary>
    public IEnumerable<TransactionRecord> ToRecords() =>
    [
        Header,
        .. _partitions.Select(partition => new AddedPartition(Header.TransactionalId, partition)),
        .. _groups.Select(group => new AddedGroup(Header.TransactionalId, group)),
        .. _offsets.Values.Select(offset => new PendingOffset(Header.TransactionalId, offset)),
    ];
}
