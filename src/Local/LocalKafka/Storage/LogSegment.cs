using System.Globalization;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// One segment of a partition's log: record batches as producers sent them (<c>.log</c>), a sparse index by offset (<c>.index</c>) and one by
/// time (<c>.timeindex</c>), all in Kafka's own formats. One writer at a time; readers need no lock and see whole batches only.
/// </summary>
internal sealed class LogSegment
{
    private const int IndexIntervalBytes = 4096;
    private readonly SparseIndex _offsets;
    private readonly SparseIndex _times;
    private long _size;
    private int _bytesSinceIndexEntry;

    private LogSegment(string folder, long baseOffset)
    {
        BaseOffset = baseOffset;
        var name = Path.Combine(folder, baseOffset.ToString("D20", CultureInfo.InvariantCulture));
        _offsets = SparseIndex.ForOffsets(name + ".index");
        _times = SparseIndex.ForTimestamps(name + ".timeindex");
        File = LogFile.Open(name + ".log");
        _size = File.Length;
    }

    public long BaseOffset { get; }

    public LogFile File { get; }

    /// <summary>Bytes of whole batches; what follows in the file, if anything, is not part of the log.</summary>
    public long Size => Volatile.Read(ref _size);

    /// <summary>Greatest timestamp in the segment, -1 when there is none, and the last offset of the batch that holds it.</summary>
    public (long Timestamp, long Offset) Latest { get; private set; } = (-1, -1);

    /// <summary>Greatest timestamp of the first batch: what <c>segment.ms</c> counts from. Null while the segment is empty.</summary>
    public long? FirstTimestamp { get; private set; }

    public int IndexBytes => Math.Max(_offsets.Count * 8, _times.Count * 12);

    public static LogSegment Create(string folder, long baseOffset)
    {
        var segment = new LogSegment(folder, baseOffset);
        segment._offsets.Clear();
        segment._times.Clear();
        segment.Truncate(0);
        return segment;
    }

    /// <summary>Opens a segment that was closed in order; false when its indexes do not fit: use <see cref="SegmentRecovery"/>.</summary>
    public static bool TryOpen(string folder, long baseOffset, bool writable, out LogSegment segment)
    {
        segment = new LogSegment(folder, baseOffset);
        if (!segment._offsets.TryOpen(writable) || !segment._times.TryOpen(writable) || segment._offsets.Last()?.Value >= segment.Size)
            return false;
        segment.ReadTimes();
        return true;
    }

    public void Append(ReadOnlySpan<byte> batch, in RecordBatchHeader header)
    {
        var position = _size;
        File.Write(batch, position);
        Index(header, position);
        Volatile.Write(ref _size, position + batch.Length);
    }

    /// <summary>Notes a batch at <paramref name="position"/> in the indexes, as Kafka does: an entry every 4096 bytes.</summary>
    public void Index(in RecordBatchHeader header, long position)
    {
        FirstTimestamp ??= header.MaxTimestamp;
        if (header.MaxTimestamp > Latest.Timestamp)
            Latest = (header.MaxTimestamp, header.LastOffset);
        if (_bytesSinceIndexEntry > IndexIntervalBytes)
        {
            _offsets.Append(header.LastOffset - BaseOffset, (int)position);
            IndexLatestTimestamp();
            _bytesSinceIndexEntry = 0;
        }

        _bytesSinceIndexEntry += (int)header.SizeInBytes;
    }

    /// <summary>Position from which a scan meets the batch with <paramref name="offset"/>: entries name batches by their last offset.</summary>
    public long FloorPosition(long offset) => _offsets.Floor(offset - BaseOffset)?.Value ?? 0;

    /// <summary>Position from which a scan meets the first batch that reaches <paramref name="timestamp"/>.</summary>
    public long FloorPositionByTime(long timestamp) =>
        _times.Floor(timestamp - 1) is { } entry ? FloorPosition(BaseOffset + entry.Value) : 0;

    /// <summary>Where the batch with <paramref name="offset"/>, or the first one after it, starts and how long it is.</summary>
    public (long Position, int Length)? Find(long offset)
    {
        using var scanner = Scan(FloorPosition(offset));
        while (scanner.MoveNext())
        {
            if (scanner.Current.LastOffset >= offset)
                return (scanner.Position, (int)scanner.Current.SizeInBytes);
        }

        return null;
    }

    public BatchScanner Scan(long position) => new(File, position, Size);

    /// <summary>Position of the last indexed batch: a scan from here is short and ends at the end of the log.</summary>
    public long LastIndexedPosition() => _offsets.Last()?.Value ?? 0;

    public void ResetForRebuild()
    {
        _offsets.Clear();
        _times.Clear();
        Latest = (-1, -1);
        FirstTimestamp = null;
        _bytesSinceIndexEntry = 0;
    }

    public void Truncate(long size)
    {
        if (File.Length != size)
            File.Truncate(size);
        Volatile.Write(ref _size, size);
    }

    public void SaveIndexes(bool toDisk)
    {
        _offsets.Save(toDisk);
        _times.Save(toDisk);
    }

    /// <summary>Ends the segment: it takes no more batches, its indexes live in their files from here on.</summary>
    public void Seal()
    {
        IndexLatestTimestamp();
        _offsets.Seal();
        _times.Seal();
    }

    public void Flush()
    {
        File.Flush();
        SaveIndexes(toDisk: true);
    }

    public void Close() => File.Release();

    public void Delete()
    {
        System.IO.File.Delete(File.Path);
        System.IO.File.Delete(_offsets.Path);
        System.IO.File.Delete(_times.Path);
        Close();
    }

    /// <summary>Called before the active segment is closed, too, so that its greatest timestamp is found again without a scan.</summary>
    public void IndexLatestTimestamp()
    {
        if (Latest.Timestamp > (_times.Last()?.Key ?? -1))
            _times.Append(Latest.Timestamp, (int)(Latest.Offset - BaseOffset));
    }

    private void ReadTimes()
    {
        if (_times.Last() is { } last)
            Latest = (last.Key, BaseOffset + last.Value);
        using var scanner = Scan(0);
        if (scanner.MoveNext())
            FirstTimestamp = scanner.Current.MaxTimestamp;
    }
}
