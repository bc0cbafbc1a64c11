using System.Buffers.Binary;
using System.Text;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Protocol;

/// <summary>
/// Writes the protocol's primitives of one response into a pooled buffer. Record data is not copied into it: a <see cref="FileSlice"/> is
/// noted at its place and read from its segment file when the response is sent.
/// </summary>
internal sealed class KafkaWriter : IDisposable
{
    private readonly List<(int Position, FileSlice Slice)> _slices = [];
    private readonly PooledBuffer _buffer = new();

    public bool Flexible { get; set; }

    public ReadOnlyMemory<byte> Written => _buffer.Written;

    /// <summary>Segment data to insert, each before the byte of <see cref="Written"/> at its position; in ascending order.</summary>
    public IReadOnlyList<(int Position, FileSlice Slice)> Slices => _slices;

    public void WriteInt8(int value) => _buffer.Take(1)[0] = (byte)value;

    public void WriteBoolean(bool value) => _buffer.Take(1)[0] = value ? (byte)1 : (byte)0;

    public void WriteInt16(int value) => BinaryPrimitives.WriteInt16BigEndian(_buffer.Take(2), (short)value);

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(_buffer.Take(4), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64BigEndian(_buffer.Take(8), value);

    public void WriteError(ErrorCode error) => WriteInt16((short)error);

    public void WriteUnsignedVarint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
            _buffer.Take(1)[0] = (byte)(value | 0x80);
        _buffer.Take(1)[0] = (byte)value;
    }

    public void WriteString(string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        WriteStringLength(bytes);
        Encoding.UTF8.GetBytes(value, _buffer.Take(bytes));
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
        value.CopyTo(_buffer.Take(value.Length));
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
            _slices.Add((_buffer.Length, slice));
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
        long length = _buffer.Length - sizeof(int);
        foreach (var (_, slice) in _slices)
            length += slice.Length;
        BinaryPrimitives.WriteInt32BigEndian(_buffer.At(0), checked((int)length));
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
        _buffer.Clear();
        Flexible = false;
    }

    public void Dispose()
    {
        Reset();
        _buffer.Dispose();
    }

    private void WriteStringLength(int bytes)
    {
        if (Flexible)
            WriteUnsignedVarint((uint)(bytes + 1));
        else
            WriteInt16(checked((short)bytes));
    }
}
