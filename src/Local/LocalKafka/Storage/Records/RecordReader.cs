namespace EventSourcing.LocalKafka.Storage.Records;

/// <summary>Walks the records of one batch, compressed or not, forward and once. Of a compressed batch only the current record is in memory.</summary>
internal sealed class RecordReader : IDisposable
{
    private const int SmallestRecord = 6;
    private readonly RecordBatchHeader _header;
    private readonly RecordBuffer _buffer;
    private int _left;
    private int _start;
    private int _afterTimestamp;
    private (int Start, int Length) _key;
    private (int Start, int Length) _value;

    /// <param name="batch">The whole batch, header included; must stay as it is while it is read.</param>
    /// <exception cref="InvalidDataException">It is compressed in a way that is not known.</exception>
    public RecordReader(ArraySegment<byte> batch)
    {
        _header = RecordBatchHeader.Read(batch);
        _left = _header.RecordCount;
        _buffer = new RecordBuffer(batch[RecordBatchHeader.Bytes..], _header.Compression);
    }

    public long Offset { get; private set; }

    public long Timestamp { get; private set; }

    public bool HasKey => _key.Length >= 0;

    public ReadOnlySpan<byte> Key => _buffer.Span(_key.Start, Math.Max(0, _key.Length));

    /// <summary>False for a tombstone.</summary>
    public bool HasValue => _value.Length >= 0;

    public ReadOnlySpan<byte> Value => _buffer.Span(_value.Start, Math.Max(0, _value.Length));

    /// <summary>The record without its length.</summary>
    public ReadOnlySpan<byte> Content => _buffer.Span(_start, _buffer.Position - _start);

    /// <summary>The record from its offset on: what stays the same when the base of its timestamp changes.</summary>
    public ReadOnlySpan<byte> ContentAfterTimestamp => _buffer.Span(_afterTimestamp, _buffer.Position - _afterTimestamp);

    /// <summary>Steps to the next record; false after the last.</summary>
    /// <exception cref="InvalidDataException">The records contradict themselves or their header, cannot be decompressed, or are too large.</exception>
    public bool MoveNext()
    {
        try
        {
            if (_left == 0)
                return _buffer.Has(1) ? throw new InvalidDataException("It holds more bytes than records.") : false;
            _left--;
            var length = ReadLength();
            if (length < SmallestRecord || length > RecordBuffer.MaxDecompressedBytes || !_buffer.Has((int)length))
                throw new InvalidDataException($"It holds a record of {length} bytes that is not whole.");
            _start = _buffer.Position;
            _buffer.Position += (int)length;
            ReadContent();
            return true;
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"The batch at offset {_header.BaseOffset} ({_header.RecordCount} records, {_header.Compression}) cannot be read. {exception.Message}", exception);
        }
    }

    public void Dispose() => _buffer.Dispose();

    private long ReadLength()
    {
        for (var bytes = 1; bytes <= Varint.MaxBytes && _buffer.Has(bytes); bytes++)
        {
            var view = _buffer.Span(_buffer.Position, bytes);
            if (!Varint.TryRead(ref view, out var length))
                continue;
            _buffer.Position += bytes;
            return length;
        }

        throw new InvalidDataException("It holds fewer records than it counts.");
    }

    /// <summary>Attributes (1 byte), timestamp delta, offset delta, key, value; the headers after them are not looked at.</summary>
    private void ReadContent()
    {
        var rest = Content[1..];
        if (!Varint.TryRead(ref rest, out var timestampDelta))
            throw new InvalidDataException("It holds a record without a time.");
        _afterTimestamp = _buffer.Position - rest.Length;
        if (!Varint.TryRead(ref rest, out var offsetDelta) || offsetDelta < 0 || offsetDelta > _header.LastOffsetDelta)
            throw new InvalidDataException("It holds a record outside of its offsets.");
        _key = TakeBytes(ref rest);
        _value = TakeBytes(ref rest);
        Offset = _header.BaseOffset + offsetDelta;
        Timestamp = _header.IsLogAppendTime ? _header.MaxTimestamp : _header.BaseTimestamp + timestampDelta;
    }

    /// <summary>A length, -1 for null, and so many bytes.</summary>
    private (int Start, int Length) TakeBytes(ref ReadOnlySpan<byte> rest)
    {
        if (!Varint.TryRead(ref rest, out var length) || length < -1 || length > rest.Length)
            throw new InvalidDataException("It holds a record with a key or value that is not whole.");
        var start = _buffer.Position - rest.Length;
        rest = rest[Math.Max(0, (int)length)..];
        return (start, (int)length);
    }
}
