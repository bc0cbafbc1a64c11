using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Groups;

/// <summary>The committed offsets of all groups: in memory for reading, in a journal for the next start.</summary>
internal sealed class OffsetStore : IJournaled, IDisposable
{
    /// <summary>The journal is written anew when it has grown beyond this and is mostly superseded entries.</summary>
    private const long CompactAboveBytes = 4 << 20;
    private const long BytesPerLiveEntry = 512;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<TopicPartition, Commit>> _groups = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly Journal _journal;

    /// <summary>Opens the store. Times of commits are not in the journal: retention counts from the start for what was committed before.</summary>
    public OffsetStore(string path, bool toDisk, TimeProvider time)
    {
        _time = time;
        var start = time.GetUtcNow();
        _journal = Journal.Open(path, toDisk, reader => Apply(OffsetEntry.Read(reader), start));
    }

    public string Name => "the committed offsets";

    public bool IsFlushed => _journal.IsFlushed;

    public IReadOnlyList<string> Groups
    {
        get
        {
            lock (_gate)
                return [.. _groups.Keys];
        }
    }

    public bool HasGroup(string group)
    {
        lock (_gate)
            return _groups.ContainsKey(group);
    }

    public CommittedOffset? Find(string group, TopicPartition partition)
    {
        lock (_gate)
            return _groups.TryGetValue(group, out var offsets) && offsets.TryGetValue(partition, out var commit) ? commit.Offset : null;
    }

    public IReadOnlyList<KeyValuePair<TopicPartition, CommittedOffset>> FindAll(string group)
    {
        lock (_gate)
            return _groups.TryGetValue(group, out var offsets) ? [.. offsets.Select(commit => KeyValuePair.Create(commit.Key, commit.Value.Offset))] : [];
    }

    /// <summary>Notes the entries as one: after a crash all of them are there or none is.</summary>
    /// <exception cref="IOException">The journal cannot be written; nothing was noted.</exception>
    public void Write(IReadOnlyCollection<OffsetEntry> entries)
    {
        if (entries.Count == 0)
            return;
        lock (_gate)
        {
            _journal.Append(entries, static (writer, entry) => entry.Write(writer));
            var now = _time.GetUtcNow();
            foreach (var entry in entries)
                Apply(entry, now);
            if (_journal.Length > CompactAboveBytes && _journal.Length > BytesPerLiveEntry * _groups.Values.Sum(offsets => offsets.Count))
                Compact();
        }
    }

    /// <summary>Forces what was written to disk.</summary>
    public void Flush() => _journal.Flush();

    public void DeleteGroup(string group) =>
        Write([.. FindAll(group).Select(committed => new OffsetEntry(group, committed.Key, null))]);

    /// <summary>Forgets what any group committed for a deleted topic.</summary>
    public void DeleteTopic(string topic) =>
        Write([.. from @group in Groups
                  from committed in FindAll(@group)
                  where committed.Key.Topic == topic
                  select new OffsetEntry(@group, committed.Key, null)]);

    /// <summary>Forgets what a group committed for some topics at <paramref name="limit"/> or before.</summary>
    public void DeleteCommittedBefore(string group, DateTimeOffset limit, Func<string, bool> isTopic)
    {
        lock (_gate)
        {
            if (_groups.TryGetValue(group, out var offsets))
                Write([.. offsets.Where(commit => commit.Value.Time <= limit && isTopic(commit.Key.Topic)).Select(commit => new OffsetEntry(group, commit.Key, null))]);
        }
    }

    /// <summary>Lets retention count from now for all that a group committed.</summary>
    public void Renew(string group)
    {
        lock (_gate)
        {
            if (_groups.TryGetValue(group, out var offsets))
                _groups[group] = offsets.ToDictionary(commit => commit.Key, commit => commit.Value with { Time = _time.GetUtcNow() });
        }
    }

    public void Dispose() => _journal.Dispose();

    private void Apply(OffsetEntry entry, DateTimeOffset time)
    {
        if (entry.Committed is { } committed)
        {
            if (!_groups.TryGetValue(entry.Group, out var offsets))
                _groups[entry.Group] = offsets = [];
            offsets[entry.Partition] = new Commit(committed, time);
        }
        else if (_groups.TryGetValue(entry.Group, out var offsets) && offsets.Remove(entry.Partition) && offsets.Count == 0)
        {
            _groups.Remove(entry.Group);
        }
    }

    private void Compact() =>
        _journal.Rewrite(
            _groups.SelectMany(group => group.Value.Select(committed => new OffsetEntry(group.Key, committed.Key, committed.Value.Offset))),
            static (writer, entry) => entry.Write(writer));

    private readonly record struct Commit(CommittedOffset Offset, DateTimeOffset Time);
}
