using System.Buffers;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>Walks the batches of a segment file from a position on, in blocks; reads headers only, unless their checksums are wanted.</summary>
internal sealed class BatchScanner(LogFile file, long position, long end, int blockBytes = BatchScanner.LookupBlockBytes) : IDisposable
{
    /// <summary>For a few headers: about the distance of two index entries.</summary>
    public const int LookupBlockBytes = 8 * 1024;

    /// <summary>For reading a whole file.</summary>
    public const int RecoveryBlockBytes = 256 * 1024;

    private byte[] _block = ArrayPool<byte>.Shared.Rent(blockBytes);
    private long _blockPosition;
    private int _blockLength;
    private long _next = position;

    /// <summary>Where the current batch starts.</summary>
    public long Position { get; private set; } = position;

    public RecordBatchHeader Current { get; private set; }

    /// <summary>End of the last whole batch seen so far.</summary>
    public long ValidEnd => _next;

    /// <summary>Steps to the next batch; false at the end or where no whole batch follows.</summary>
    public bool MoveNext()
    {
        if (end - _next < RecordBatchHeader.Bytes)
            return false;
        var header = RecordBatchHeader.Read(View(_next, RecordBatchHeader.Bytes));
        if (header.Magic != RecordBatchHeader.SupportedMagic || header.SizeInBytes < RecordBatchHeader.Bytes || header.SizeInBytes > end - _next)
            return false;
        Position = _next;
        Current = header;
        _next += header.SizeInBytes;
        return true;
    }

    /// <summary>As <see cref="MoveNext"/>, and the batch must match its checksum and follow <paramref name="expectedOffset"/>.</summary>
    public bool MoveNextValid(long expectedOffset)
    {
        var before = _next;
        if (MoveNext() && Current.BaseOffset >= expectedOffset && Current.LastOffsetDelta >= 0
            && Crc32C.Compute(CurrentBatch().AsSpan(RecordBatchHeader.AttributesAt)) == Current.Crc)
            return true;
        _next = before;
        return false;
    }

    /// <summary>All bytes of the current batch; valid until the next step.</summary>
    public ArraySegment<byte> CurrentBatch() => View(Position, (int)Current.SizeInBytes);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_block);
        _block = [];
    }

    private ArraySegment<byte> View(long from, int length)
    {
        if (from < _blockPosition || from + length > _blockPosition + _blockLength)
            Fill(from, length);
        return new ArraySegment<byte>(_block, (int)(from - _blockPosition), length);
    }

    private void Fill(long from, int length)
    {
        if (length > _block.Length)
        {
            ArrayPool<byte>.Shared.Return(_block);
            _block = ArrayPool<byte>.Shared.Rent(length);
        }

        _blockPosition = from;
        _blockLength = file.Read(_block.AsSpan(0, (int)Math.Min(_block.Length, end - from)), from);
        if (_blockLength < length)
            throw new EndOfStreamException($"{file.Path} ended at {from + _blockLength} while it was read.");
    }
}
