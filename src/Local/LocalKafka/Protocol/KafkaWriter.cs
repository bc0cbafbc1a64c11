using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Protocol;

/// <summary>
/// Writes the protocol's primitives of one response into a pooled buffer. Record data is not copied into it: a <see cref="FileSlice"/> is
/// noted at its place and read from its segment file when the response is sent.
/// </summary>
internal sealed class KafkaWriter : IDisposable
{
    private const int FirstBufferBytes = 512;
    private readonly List<(int Position, FileSlice Slice)> _slices = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _position;

    public bool Flexible { get; set; }

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _position);

    /// <summary>Segment data to insert, each before the byte of <see cref="Written"/> at its position; in ascending order.</summary>
    public IReadOnlyList<(int Position, FileSlice Slice)> Slices => _slices;

    public void WriteInt8(int value) => Grow(1)[0] = (byte)value;

    public void WriteBoolean(bool value) => Grow(1)[0] = value ? (byte)1 : (byte)0;

    public void WriteInt16(int value) => BinaryPrimitives.WriteInt16BigEndian(Grow(2), (short)value);

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(Grow(4), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64BigEndian(Grow(8), value);

    public void WriteError(ErrorCode error) => WriteInt16((short)error);

    public void WriteUnsignedVarint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
            Grow(1)[0] = (byte)(value | 0x80);
        Grow(1)[0] = (byte)value;
    }

    public void WriteString(string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        WriteStringLength(bytes);
        Encoding.UTF8.GetBytes(value, Grow(bytes));
    }

    public void WriteNullableString(string? value)
    {
        if (value is null)
            WriteStringLength(-1);
        else
            WriteString(value);
    }

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteArrayLength(value.Length);
        value.CopyTo(Grow(value.Length));
    }

    /// <summary>The count that precedes an array or a byte field; -1 stands for null.</summary>
    public void WriteArrayLength(int count)
    {
        if (Flexible)
            WriteUnsignedVarint((uint)(count + 1));
        else
            WriteInt32(count);
    }

    public void WriteArray<T>(IReadOnlyCollection<T> elements, Action<KafkaWriter, T> element)
    {
        WriteArrayLength(elements.Count);
        foreach (var each in elements)
            element(this, each);
    }

    public void WriteInt32Array(params ReadOnlySpan<int> values)
    {
        WriteArrayLength(values.Length);
        foreach (var value in values)
            WriteInt32(value);
    }

    /// <summary>Records straight from a segment file. The writer owns the slice's reference to the file from here on.</summary>
    public void WriteRecords(FileSlice slice)
    {
        WriteArrayLength(slice.Length);
        if (slice.Length > 0)
            _slices.Add((_position, slice));
    }

    /// <summary>An empty set of tagged fields; nothing in non-flexible versions.</summary>
    public void WriteTags()
    {
        if (Flexible)
            WriteInt8(0);
    }

    /// <summary>Puts the frame's length before everything written since <see cref="BeginFrame"/>.</summary>
    public void EndFrame()
    {
        long length = _position - sizeof(int);
        foreach (var (_, slice) in _slices)
            length += slice.Length;
        BinaryPrimitives.WriteInt32BigEndian(_buffer, checked((int)length));
    }

    public void BeginFrame()
    {
        Reset();
        WriteInt32(0);
    }

    /// <summary>Forgets what was written and releases the files; a buffer that grew large goes back to the pool.</summary>
    public void Reset()
    {
        foreach (var (_, slice) in _slices)
            slice.Release();
        _slices.Clear();
        _position = 0;
        Flexible = false;
        if (_buffer.Length > 64 * 1024)
            Replace(FirstBufferBytes, keep: 0);
    }

    public void Dispose()
    {
        Reset();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void WriteStringLength(int bytes)
    {
        if (Flexible)
            WriteUnsignedVarint((uint)(bytes + 1));
        else
            WriteInt16(checked((short)bytes));
    }

    private Span<byte> Grow(int bytes)
    {
        var needed = _position + bytes;
        if (needed > _buffer.Length)
            Replace((int)BitOperations.RoundUpToPowerOf2((uint)needed), keep: _position);
        var span = _buffer.AsSpan(_position, bytes);
        _position = needed;
        return span;
    }

    private void Replace(int bytes, int keep)
    {
        var larger = ArrayPool<byte>.Shared.Rent(bytes);
        _buffer.AsSpan(0, keep).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
