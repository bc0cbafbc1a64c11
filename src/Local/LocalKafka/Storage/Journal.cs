using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// A file of entries that are whole or absent: each has its length, its CRC-32C and one or more items. Reading stops at the first entry that is
/// not whole, which the end of the process may have left at the end, and cuts the file there.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const int HeaderBytes = 8;
    private const int MaxEntryBytes = 256 << 20;
    private readonly string _path;
    private readonly bool _toDisk;
    private volatile SafeFileHandle _file;
    private long _length;
    private long _flushed;

    private Journal(string path, bool toDisk)
    {
        _path = path;
        _toDisk = toDisk;
        _file = OpenFile();
    }

    public long Length { get => Volatile.Read(ref _length); private set => Volatile.Write(ref _length, value); }

    /// <summary>Whether there are entries that may not be on disk yet.</summary>
    public bool IsFlushed => Volatile.Read(ref _flushed) == Length;

    /// <summary>Opens or creates the file; <paramref name="replay"/> reads one item and is called for each, in order.</summary>
    public static Journal Open(string path, bool toDisk, Action<BinaryReader> replay)
    {
        var journal = new Journal(path, toDisk);
        journal.Replay(replay);
        return journal;
    }

    /// <exception cref="IOException">The file cannot be written; the entry is not in it.</exception>
    public void Append<T>(IReadOnlyCollection<T> items, Action<BinaryWriter, T> write)
    {
        var entry = Encode(items, write);
        RandomAccess.Write(_file, entry, Length);
        Length += entry.Length;
    }

    /// <summary>Waits until the disk has what was appended. Needs no lock: content that was replaced meanwhile is on disk already.</summary>
    public void Flush()
    {
        var (file, length) = (_file, Length);
        try
        {
            RandomAccess.FlushToDisk(file);
            Volatile.Write(ref _flushed, length);
        }
        catch (ObjectDisposedException) when (file != _file)
        {
            RandomAccess.FlushToDisk(_file);
        }
    }

    /// <summary>Replaces the whole content by one entry.</summary>
    public void Rewrite<T>(IEnumerable<T> items, Action<BinaryWriter, T> write)
    {
        var entry = Encode([.. items], write);
        AtomicFile.Write(_path, entry, _toDisk);
        var replaced = _file;
        _file = OpenFile();
        replaced.Dispose();
        Length = entry.Length;
    }

    public void Dispose() => _file.Dispose();

    private static byte[] Encode<T>(IReadOnlyCollection<T> items, Action<BinaryWriter, T> write)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        writer.Write(0L);
        writer.Write(items.Count);
        foreach (var item in items)
            write(writer, item);
        writer.Flush();
        var entry = content.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(entry, entry.Length - HeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(4), Crc32C.Compute(entry.AsSpan(HeaderBytes)));
        return entry;
    }

    private void Replay(Action<BinaryReader> replay)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        var fileLength = RandomAccess.GetLength(_file);
        while (fileLength - Length > HeaderBytes)
        {
            RandomAccess.Read(_file, header, Length);
            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (length < sizeof(int) || length > MaxEntryBytes || length > fileLength - Length - HeaderBytes)
                break;
            var content = new byte[length];
            RandomAccess.Read(_file, content, Length + HeaderBytes);
            if (Crc32C.Compute(content) != BinaryPrimitives.ReadUInt32LittleEndian(header[4..]))
                break;
            using var reader = new BinaryReader(new MemoryStream(content));
            for (var items = reader.ReadInt32(); items > 0; items--)
                replay(reader);
            Length += HeaderBytes + length;
        }

        if (fileLength > Length)
            RandomAccess.SetLength(_file, Length);
    }

    private SafeFileHandle OpenFile() => File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
}
