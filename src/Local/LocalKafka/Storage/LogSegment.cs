using System.Globalization;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// One segment of a partition's log: record batches as producers sent them (<c>.log</c>), a sparse index by offset (<c>.index</c>) and one by
/// time (<c>.timeindex</c>), all in Kafka's own formats. One writer at a time; readers need no lock and see whole batches only.
/// </summary>
internal sealed class LogSegment
{
    private long _size;

    private volatile bool _isRetired;

    private LogSegment(string folder, long baseOffset, string suffix = "")
    {
        BaseOffset = baseOffset;
        Indexes = new SegmentIndexes(folder, baseOffset, suffix);
        File = LogFile.Open(Path.Combine(folder, baseOffset.ToString("D20", CultureInfo.InvariantCulture) + ".log" + suffix));
        _size = File.Length;
    }

    public long BaseOffset { get; }

    public LogFile File { get; }

    public SegmentIndexes Indexes { get; }

    /// <summary>Bytes of whole batches; what follows in the file, if anything, is not part of the log.</summary>
    public long Size => Volatile.Read(ref _size);

    /// <summary>Compaction has put another segment in the place of this one, and its file is closed for those who do not read it already.</summary>
    public bool IsRetired => _isRetired;

    /// <param name="folder">The partition's folder.</param>
    /// <param name="baseOffset">Where the segment starts.</param>
    /// <param name="suffix">What follows the names of its files while it is no part of the log.</param>
    public static LogSegment Create(string folder, long baseOffset, string suffix = "")
    {
        var segment = new LogSegment(folder, baseOffset, suffix);
        try
        {
            segment.Indexes.Clear();
            segment.Truncate(0);
            return segment;
        }
        catch
        {
            segment.Delete(); // an empty segment that the log does not know would be in its way at the next start
            throw;
        }
    }

    /// <summary>Opens a segment that was closed in order; false when its indexes do not fit: use <see cref="SegmentRecovery"/>.</summary>
    public static bool TryOpen(string folder, long baseOffset, bool writable, out LogSegment segment)
    {
        segment = new LogSegment(folder, baseOffset);
        if (!segment.Indexes.TryOpen(writable, segment.Size))
            return false;
        using var scanner = segment.Scan(0);
        if (scanner.MoveNext())
            segment.Indexes.FirstTimestamp = scanner.Current.MaxTimestamp;
        return true;
    }

    /// <exception cref="IOException">The disk failed or is full; the segment is as it was.</exception>
    public void Append(ReadOnlySpan<byte> batch, in RecordBatchHeader header)
    {
        var position = _size;
        try
        {
            File.Write(batch, position);
        }
        catch (IOException)
        {
            File.Truncate(position); // a part of the batch may be in the file
            throw;
        }

        Indexes.Add(header, position);
        Volatile.Write(ref _size, position + batch.Length);
    }

    /// <summary>Where the batch with <paramref name="offset"/>, or the first one after it, starts and how long it is.</summary>
    public (long Position, int Length)? Find(long offset)
    {
        using var scanner = Scan(Indexes.FloorPosition(offset));
        while (scanner.MoveNext())
        {
            if (scanner.Current.LastOffset >= offset)
                return (scanner.Position, (int)scanner.Current.SizeInBytes);
        }

        return null;
    }

    public BatchScanner Scan(long position) => new(File, position, Size);

    public void Truncate(long size)
    {
        if (File.Length != size)
            File.Truncate(size);
        Volatile.Write(ref _size, size);
    }

    public void Flush()
    {
        File.Flush();
        Indexes.Save(toDisk: true);
    }

    public void Close() => File.Release();

    /// <summary>Closes a segment that has been replaced; its files are gone already.</summary>
    public void Retire()
    {
        _isRetired = true;
        Close();
    }

    public void Delete()
    {
        System.IO.File.Delete(File.Path);
        Indexes.Delete();
        Close();
    }
}
