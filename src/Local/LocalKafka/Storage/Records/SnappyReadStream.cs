using System.Buffers;
using System.Buffers.Binary;
using Snappier;

namespace EventSourcing.LocalKafka.Storage.Records;

/// <summary>Reads snappy with or without the framing of <see cref="SnappyFraming"/>, one block at a time.</summary>
internal sealed class SnappyReadStream : ForwardStream
{
    private readonly bool _isFramed;
    private ReadOnlyMemory<byte> _compressed;
    private byte[] _block = [];
    private int _blockLength;
    private int _taken;

    public SnappyReadStream(ReadOnlyMemory<byte> compressed)
    {
        _isFramed = compressed.Span.StartsWith(SnappyFraming.Magic);
        _compressed = _isFramed ? compressed[Math.Min(SnappyFraming.Header.Length, compressed.Length)..] : compressed;
    }

    public override bool CanRead => true;

    public override bool CanWrite => false;

    /// <exception cref="InvalidDataException">The bytes are no snappy.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_taken == _blockLength)
        {
            if (_compressed.IsEmpty)
                return 0;
            DecompressBlock();
        }

        var part = Math.Min(buffer.Length, _blockLength - _taken);
        _block.AsSpan(_taken, part).CopyTo(buffer);
        _taken += part;
        return part;
    }

    public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        Return();
        base.Dispose(disposing);
    }

    private void DecompressBlock()
    {
        var block = TakeBlock().Span;
        _blockLength = Snappy.GetUncompressedLength(block);
        if (_blockLength is < 0 or > RecordBuffer.MaxDecompressedBytes)
            throw new InvalidDataException($"A snappy block states {_blockLength} bytes; {RecordBuffer.MaxDecompressedBytes} is the limit.");
        Return();
        _block = ArrayPool<byte>.Shared.Rent(_blockLength);
        _blockLength = Snappy.Decompress(block, _block);
        _taken = 0;
    }

    private ReadOnlyMemory<byte> TakeBlock()
    {
        var length = _compressed.Length;
        if (_isFramed)
        {
            length = length < SnappyFraming.LengthBytes ? -1 : BinaryPrimitives.ReadInt32BigEndian(_compressed.Span);
            _compressed = _compressed[Math.Min(SnappyFraming.LengthBytes, _compressed.Length)..];
            if (length < 0 || length > _compressed.Length)
                throw new InvalidDataException($"A snappy block of {length} bytes cannot be in the {_compressed.Length} bytes that are left.");
        }

        var block = _compressed[..length];
        _compressed = _compressed[length..];
        return block;
    }

    private void Return()
    {
        if (_block.Length > 0)
            ArrayPool<byte>.Shared.Return(_block);
        _block = [];
    }
}
