using System.Buffers.Binary;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// Kafka's index files: ascending entries of a key (offset relative to the segment, 4 bytes, or timestamp, 8 bytes) and a 4-byte value.
/// The active segment's entries are in memory and are saved when it is flushed, rolled or closed; a sealed segment's are searched in the file.
/// </summary>
internal sealed class SparseIndex(string path, int keyBytes)
{
    private readonly int _entryBytes = keyBytes + sizeof(int);
    private readonly Lock _saving = new();
    private volatile byte[]? _entries;
    private volatile int _count;
    private int _saved;

    public string Path { get; } = path;

    public int Count => _count;

    public static SparseIndex ForOffsets(string path) => new(path, sizeof(int));

    public static SparseIndex ForTimestamps(string path) => new(path, sizeof(long));

    /// <summary>Starts again with no entries, for a new segment or a rebuild.</summary>
    public void Clear()
    {
        _entries = new byte[_entryBytes * 16];
        _count = 0;
        _saved = 0;
        File.WriteAllBytes(Path, []);
    }

    /// <summary>Takes a file as it is. False when it is missing or cannot be an index of its kind: rebuild it.</summary>
    public bool TryOpen(bool writable)
    {
        var file = new FileInfo(Path);
        if (!file.Exists || file.Length % _entryBytes != 0)
            return false;
        _count = _saved = (int)(file.Length / _entryBytes);
        if (writable)
            _entries = File.ReadAllBytes(Path) is { Length: > 0 } bytes ? bytes : new byte[_entryBytes * 16];
        return true;
    }

    /// <summary>Adds an entry with a greater key than all before it. One writer at a time; readers need no lock.</summary>
    public void Append(long key, int value)
    {
        var entries = _entries ?? throw new InvalidOperationException("A sealed index takes no entries.");
        var at = _count * _entryBytes;
        if (at + _entryBytes > entries.Length)
        {
            Array.Resize(ref entries, entries.Length * 2);
            _entries = entries;
        }

        WriteKey(entries.AsSpan(at), key);
        BinaryPrimitives.WriteInt32BigEndian(entries.AsSpan(at + keyBytes), value);
        _count++;
    }

    /// <summary>The last entry whose key is at most <paramref name="key"/>.</summary>
    public (long Key, int Value)? Floor(long key)
    {
        var count = _count;
        if (count == 0)
            return null;
        if (_entries is { } entries)
            return Floor(count, key, (entry, buffer) => entries.AsSpan(entry * _entryBytes, _entryBytes).CopyTo(buffer));
        try
        {
            using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Floor(count, key, (entry, buffer) => RandomAccess.Read(file, buffer, (long)entry * _entryBytes));
        }
        catch (FileNotFoundException)
        {
            return null; // Retention deleted the segment a moment ago; a reader that still holds it scans from its start.
        }
    }

    public (long Key, int Value)? Last() => Floor(long.MaxValue);

    /// <summary>Writes what is not in the file yet, and with <paramref name="toDisk"/> waits until the disk has it.</summary>
    public void Save(bool toDisk)
    {
        lock (_saving)
        {
            var count = _count;
            if (_entries is not { } entries || count == _saved)
                return;
            using var file = File.OpenHandle(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.Write(file, entries.AsSpan(_saved * _entryBytes, (count - _saved) * _entryBytes), (long)_saved * _entryBytes);
            if (toDisk)
                RandomAccess.FlushToDisk(file);
            _saved = count;
        }
    }

    /// <summary>Saves the entries and frees their memory; the segment takes no more.</summary>
    public void Seal()
    {
        Save(toDisk: false);
        _entries = null;
    }

    private (long Key, int Value)? Floor(int count, long key, ReadEntry read)
    {
        Span<byte> buffer = stackalloc byte[12];
        var (low, high) = (0, count - 1);
        (long, int)? found = null;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            read(middle, buffer[.._entryBytes]);
            var candidate = keyBytes == sizeof(int) ? BinaryPrimitives.ReadInt32BigEndian(buffer) : BinaryPrimitives.ReadInt64BigEndian(buffer);
            if (candidate > key)
            {
                high = middle - 1;
                continue;
            }

            found = (candidate, BinaryPrimitives.ReadInt32BigEndian(buffer[keyBytes..]));
            low = middle + 1;
        }

        return found;
    }

    private void WriteKey(Span<byte> entry, long key)
    {
        if (keyBytes == sizeof(int))
            BinaryPrimitives.WriteInt32BigEndian(entry, (int)key);
        else
            BinaryPrimitives.WriteInt64BigEndian(entry, key);
    }

    private delegate void ReadEntry(int entry, Span<byte> buffer);
}
