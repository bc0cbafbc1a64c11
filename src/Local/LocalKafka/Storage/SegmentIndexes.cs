using System.Globalization;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>The two sparse indexes of a segment, by offset and by time, and what is known of the times in it.</summary>
internal sealed class SegmentIndexes
{
    private const int IntervalBytes = 4096;
    private readonly long _baseOffset;
    private readonly SparseIndex _offsets;
    private readonly SparseIndex _times;
    private int _bytesSinceEntry;

    public SegmentIndexes(string folder, long baseOffset, string suffix = "")
    {
        _baseOffset = baseOffset;
        var name = Path.Combine(folder, baseOffset.ToString("D20", CultureInfo.InvariantCulture));
        _offsets = SparseIndex.ForOffsets(name + ".index" + suffix);
        _times = SparseIndex.ForTimestamps(name + ".timeindex" + suffix);
        Aborted = new TransactionIndex(name + ".txnindex" + suffix);
    }

    /// <summary>Transactions whose abort markers lie in the segment.</summary>
    public TransactionIndex Aborted { get; }

    /// <summary>Greatest timestamp in the segment, -1 when there is none, and the last offset of the batch that holds it.</summary>
    public (long Timestamp, long Offset) Latest { get; private set; } = (-1, -1);

    /// <summary>Greatest timestamp of the first batch: what <c>segment.ms</c> counts from. Null while the segment is empty.</summary>
    public long? FirstTimestamp { get; set; }

    /// <summary>Size of the larger file: what <c>segment.index.bytes</c> limits.</summary>
    public int SizeInBytes => Math.Max(_offsets.Count * 8, _times.Count * 12);

    public void Clear()
    {
        _offsets.Clear();
        _times.Clear();
        Aborted.Clear();
        Latest = (-1, -1);
        FirstTimestamp = null;
        _bytesSinceEntry = 0;
    }

    /// <summary>Takes the files as they are; false when they do not fit a segment of <paramref name="segmentSize"/> bytes.</summary>
    public bool TryOpen(bool writable, long segmentSize)
    {
        if (!_offsets.TryOpen(writable) || !_times.TryOpen(writable) || !Aborted.TryOpen() || _offsets.Last()?.Value >= segmentSize)
            return false;
        if (_times.Last() is { } last)
            Latest = (last.Key, _baseOffset + last.Value);
        return true;
    }

    /// <summary>Notes a batch at <paramref name="position"/>, as Kafka does: with an entry every 4096 bytes.</summary>
    public void Add(in RecordBatchHeader header, long position)
    {
        FirstTimestamp ??= header.MaxTimestamp;
        if (header.MaxTimestamp > Latest.Timestamp)
            Latest = (header.MaxTimestamp, header.LastOffset);
        if (_bytesSinceEntry > IntervalBytes)
        {
            _offsets.Append(header.LastOffset - _baseOffset, (int)position);
            AddLatestTimestamp();
            _bytesSinceEntry = 0;
        }

        _bytesSinceEntry += (int)header.SizeInBytes;
    }

    /// <summary>Position from which a scan meets the batch with <paramref name="offset"/>: entries name batches by their last offset.</summary>
    public long FloorPosition(long offset) => _offsets.Floor(offset - _baseOffset)?.Value ?? 0;

    /// <summary>An offset after everything before <paramref name="position"/>, as near as the index tells; null when only the end of the segment is.</summary>
    public long? UpperBoundOffset(long position) => _offsets.CeilingByValue(position) is { } entry ? _baseOffset + entry.Key + 1 : null;

    /// <summary>Position from which a scan meets the first batch that reaches <paramref name="timestamp"/>.</summary>
    public long FloorPositionByTime(long timestamp) =>
        _times.Floor(timestamp - 1) is { } entry ? FloorPosition(_baseOffset + entry.Value) : 0;

    /// <summary>Position of the last indexed batch: a scan from here is short and ends at the end of the log.</summary>
    public long LastPosition() => _offsets.Last()?.Value ?? 0;

    /// <summary>Done when a segment ends or is closed, so that its greatest timestamp is found again without a scan.</summary>
    public void AddLatestTimestamp()
    {
        if (Latest.Timestamp > (_times.Last()?.Key ?? -1))
            _times.Append(Latest.Timestamp, (int)(Latest.Offset - _baseOffset));
    }

    public void Save(bool toDisk)
    {
        _offsets.Save(toDisk);
        _times.Save(toDisk);
        if (toDisk)
            Aborted.Flush();
    }

    /// <summary>From here on the entries live in the files alone, and no more are added.</summary>
    public void Seal()
    {
        AddLatestTimestamp();
        _offsets.Seal();
        _times.Seal();
    }

    /// <summary>Reads sealed entries back into memory, so that those who still use them do not miss the files.</summary>
    public void KeepInMemory()
    {
        _offsets.KeepInMemory();
        _times.KeepInMemory();
    }

    public void Delete()
    {
        File.Delete(_offsets.Path);
        File.Delete(_times.Path);
        Aborted.Delete();
    }
}
