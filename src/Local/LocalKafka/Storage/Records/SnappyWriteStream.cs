using System.Buffers.Binary;
using Snappier;

namespace EventSourcing.LocalKafka.Storage.Records;

/// <summary>Writes snappy in the framing of <see cref="SnappyFraming"/>. The target stays open.</summary>
internal sealed class SnappyWriteStream : ForwardStream
{
    private readonly Stream _target;
    private readonly byte[] _block = new byte[SnappyFraming.BlockBytes];
    private readonly byte[] _compressed = new byte[SnappyFraming.LengthBytes + Snappy.GetMaxCompressedLength(SnappyFraming.BlockBytes)];
    private int _used;

    public SnappyWriteStream(Stream target)
    {
        _target = target;
        target.Write(SnappyFraming.Header);
    }

    public override bool CanRead => false;

    public override bool CanWrite => true;

    public override int Read(Span<byte> buffer) => throw new NotSupportedException();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var part = Math.Min(buffer.Length, _block.Length - _used);
            buffer[..part].CopyTo(_block.AsSpan(_used));
            buffer = buffer[part..];
            _used += part;
            if (_used == _block.Length)
                Flush();
        }
    }

    /// <summary>Ends the block, if it holds anything.</summary>
    public override void Flush()
    {
        if (_used == 0)
            return;
        var length = Snappy.Compress(_block.AsSpan(0, _used), _compressed.AsSpan(SnappyFraming.LengthBytes));
        BinaryPrimitives.WriteInt32BigEndian(_compressed, length);
        _target.Write(_compressed, 0, SnappyFraming.LengthBytes + length);
        _used = 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Flush();
        base.Dispose(disposing);
    }
}
