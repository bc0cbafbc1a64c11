using System.Buffers;

namespace EventSourcing.LocalKafka.Storage.Records;

/// <summary>
/// The records of one batch as bytes, decompressed as far as they are asked for: what lies between two positions stays where it is until more is asked for.
/// At most <see cref="MaxDecompressedBytes"/> are taken out of one batch, whatever it claims to hold.
/// </summary>
internal sealed class RecordBuffer : IDisposable
{
    /// <summary>What the records of one batch may take when they are decompressed: 128 MiB.</summary>
    public const int MaxDecompressedBytes = 128 << 20;

    private const int BlockBytes = 16 * 1024;
    private readonly Stream? _source;
    private byte[] _bytes;
    private int _end;
    private long _decompressed;

    public RecordBuffer(ArraySegment<byte> records, CompressionType codec)
    {
        if (codec == CompressionType.None)
        {
            (_bytes, Position, _end) = (records.Array!, records.Offset, records.Offset + records.Count);
            return;
        }

        _source = RecordCodec.Decompress(codec, records);
        _bytes = ArrayPool<byte>.Shared.Rent(BlockBytes);
    }

    /// <summary>Where reading goes on. Changes when more bytes are made to be there.</summary>
    public int Position { get; set; }

    public ReadOnlySpan<byte> Span(int start, int length) => _bytes.AsSpan(start, length);

    /// <summary>Makes so many bytes be there from the position on; false when the records end before.</summary>
    /// <exception cref="InvalidDataException">They cannot be decompressed, or are too many.</exception>
    public bool Has(int bytes)
    {
        while (_end - Position < bytes)
        {
            if (_source is null)
                return false;
            if (_end == _bytes.Length)
                MakeRoom(Math.Min(bytes, 2 * (_end - Position)));
            var read = ReadSource(_source, _bytes.AsSpan(_end));
            if (read == 0)
                return false;
            _end += read;
            _decompressed += read;
            if (_decompressed > MaxDecompressedBytes)
                throw new InvalidDataException($"It takes more than {MaxDecompressedBytes} bytes when it is decompressed, which is the limit.");
        }

        return true;
    }

    public void Dispose()
    {
        if (_source is null || _bytes.Length == 0)
            return;
        _source.Dispose();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    /// <summary>Moves what is unread to the front, of a larger buffer where it must; grows with what really came, not with what a record claims.</summary>
    private void MakeRoom(int bytes)
    {
        var target = bytes <= _bytes.Length ? _bytes : ArrayPool<byte>.Shared.Rent(bytes);
        _bytes.AsSpan(Position, _end - Position).CopyTo(target);
        (Position, _end) = (0, _end - Position);
        if (target == _bytes)
            return;
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = target;
    }

    private static int ReadSource(Stream source, Span<byte> buffer)
    {
        try
        {
            return source.Read(buffer);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or InvalidDataException))
        {
            throw new InvalidDataException($"It cannot be decompressed: {exception.Message}", exception); // each library has exceptions of its own
        }
    }
}
