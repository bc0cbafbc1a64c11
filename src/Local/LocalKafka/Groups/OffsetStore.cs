using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Groups;

/// <summary>The committed offsets of all groups: in memory for reading, in a journal for the next start.</summary>
internal sealed class OffsetStore : IJournaled, IDisposable
{
    /// <summary>The journal is written anew when it has grown beyond this and is mostly superseded entries.</summary>
    private const long CompactAboveBytes = 4 << 20;
    private const long BytesPerLiveEntry = 512;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<TopicPartition, CommittedOffset>> _groups = new(StringComparer.Ordinal);
    private readonly Journal _journal;

    public OffsetStore(string path, bool toDisk) =>
        _journal = Journal.Open(path, toDisk, reader => Apply(OffsetEntry.Read(reader)));

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
            return _groups.TryGetValue(group, out var offsets) && offsets.TryGetValue(partition, out var committed) ? committed : null;
    }

    public IReadOnlyList<KeyValuePair<TopicPartition, CommittedOffset>> FindAll(string group)
    {
        lock (_gate)
            return _groups.TryGetValue(group, out var offsets) ? [.. offsets] : [];
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
            foreach (var entry in entries)
                Apply(entry);
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

    public void Dispose() => _journal.Dispose();

    private void Apply(OffsetEntry entry)
    {
        if (entry.Committed is { } committed)
        {
            if (!_groups.TryGetValue(entry.Group, out var offsets))
                _groups[entry.Group] = offsets = [];
            offsets[entry.Partition] = committed;
        }
        else if (_groups.TryGetValue(entry.Group, out var offsets) && offsets.Remove(entry.Partition) && offsets.Count == 0)
        {
            _groups.Remove(entry.Group);
        }
    }

    private void Compact() =>
        _journal.Rewrite(
            _groups.SelectMany(group => group.Value.Select(committed => new OffsetEntry(group.Key, committed.Key, committed.Value))),
            static (writer, entry) => entry.Write(writer));
}
