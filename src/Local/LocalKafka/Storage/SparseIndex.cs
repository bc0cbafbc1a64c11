using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

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
    public (long Key, int Value)? Floor(long key) => Search(entry => entry.Key > key, shift: -1);

    /// <summary>The first entry whose value is at least <paramref name="value"/>, where values ascend as keys do.</summary>
    public (long Key, int Value)? CeilingByValue(long value) => Search(entry => entry.Value >= value, shift: 0);

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

    /// <summary>Reads the entries of a sealed index into memory: from now on its file is not needed.</summary>
    public void KeepInMemory() => _entries ??= File.ReadAllBytes(Path) is { Length: > 0 } bytes ? bytes : new byte[_entryBytes];

    /// <summary>The entry that lies <paramref name="shift"/> from the first one that is beyond.</summary>
    private (long Key, int Value)? Search(Func<(long Key, int Value), bool> isBeyond, int shift)
    {
        var count = _count;
        if (count == 0)
            return null;
        if (_entries is { } entries)
            return Search(count, entry => Read(entries.AsSpan(entry * _entryBytes)), isBeyond, shift);
        try
        {
            using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (_entries is { } kept)
                return Search(count, entry => Read(kept.AsSpan(entry * _entryBytes)), isBeyond, shift); // the file may be another one already
            return Search(count, entry => Read(file, entry), isBeyond, shift);
        }
        catch (FileNotFoundException)
        {
            return null; // Retention deleted the segment a moment ago; a reader that still holds it scans from its start.
        }
    }

    private static (long Key, int Value)? Search(int count, Func<int, (long Key, int Value)> read, Func<(long Key, int Value), bool> isBeyond, int shift)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (isBeyond(read(middle)))
                high = middle;
            else
                low = middle + 1;
        }

        return low + shift is var found && found >= 0 && found < count ? read(found) : null;
    }

    private (long Key, int Value) Read(SafeFileHandle file, int entry)
    {
        Span<byte> buffer = stackalloc byte[12];
        RandomAccess.Read(file, buffer[.._entryBytes], (long)entry * _entryBytes);
        return Read(buffer);
    }

    private (long Key, int Value) Read(ReadOnlySpan<byte> entry) =>
        (keyBytes == sizeof(int) ? BinaryPrimitives.ReadInt32BigEndian(entry) : BinaryPrimitives.ReadInt64BigEndian(entry), BinaryPrimitives.ReadInt32BigEndian(entry[keyBytes..]));

    private void WriteKey(Span<byte> entry, long key)
    {
        if (keyBytes == sizeof(int))
            BinaryPrimitives.WriteInt32BigEndian(entry, (int)key);
        else
            BinaryPrimitives.WriteInt64BigEndian(entry, key);
    }
}
