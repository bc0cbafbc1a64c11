using System.Buffers.Binary;
using System.Text;

namespace EventSourcing.LocalKafka.Protocol;

/// <summary>
/// Reads the protocol's primitives from one frame. <see cref="Flexible"/> selects the compact encodings and tagged fields of flexible
/// versions, so that an API reads its fields once for all versions. Every length is checked against what the frame still holds.
/// </summary>
internal sealed class KafkaReader
{
    /// <summary>More than any request to a broker of 10 000 partitions needs; keeps a small frame from asking for a large answer.</summary>
    private const int MaxArrayLength = 100_000;

    private Memory<byte> _frame;
    private int _position;

    /// <summary>True from the API's first flexible version on.</summary>
    public bool Flexible { get; set; }

    public int Remaining => _frame.Length - _position;

    public void Reset(Memory<byte> frame)
    {
        _frame = frame;
        _position = 0;
        Flexible = false;
    }

    public sbyte ReadInt8() => (sbyte)Take(1).Span[0];

    public bool ReadBoolean() => Take(1).Span[0] != 0;

    public short ReadInt16() => BinaryPrimitives.ReadInt16BigEndian(Take(2).Span);

    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(Take(4).Span);

    public long ReadInt64() => BinaryPrimitives.ReadInt64BigEndian(Take(8).Span);

    public uint ReadUnsignedVarint()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Take(1).Span[0];
            value |= (uint)(next & 0x7f) << shift;
            if ((next & 0x80) == 0)
                return value;
        }

        throw new InvalidRequestException("A variable-length integer is longer than five bytes.");
    }

    public string ReadString() => ReadNullableString() ?? throw new InvalidRequestException("A string that must not be null is null.");

    public string? ReadNullableString() => Text(Flexible ? CompactLength() : ReadInt16());

    /// <summary>The client id of a request header, which never uses the compact encoding.</summary>
    public string? ReadClientId() => Text(ReadInt16());

    public ReadOnlyMemory<byte> ReadBytes() =>
        ReadNullableBytes() ?? throw new InvalidRequestException("A byte field that must not be null is null.");

    /// <summary>Bytes within the frame itself, not a copy: valid until the frame is released.</summary>
    public Memory<byte>? ReadNullableBytes()
    {
        var length = Flexible ? CompactLength() : ReadInt32();
        return length < 0 ? null : Take(length);
    }

    /// <summary>The number of elements, or -1 for a null array.</summary>
    public int ReadArrayLength()
    {
        var count = Flexible ? CompactLength() : ReadInt32();
        return count <= Math.Min(Remaining, MaxArrayLength)
            ? count
            : throw new InvalidRequestException($"An array of {count} elements, with {Remaining} bytes left of the frame, is not accepted.");
    }

    public List<T>? ReadNullableArray<T>(Func<KafkaReader, T> element)
    {
        var count = ReadArrayLength();
        if (count < 0)
            return null;
        var elements = new List<T>(Math.Min(count, 64));
        for (var i = 0; i < count; i++)
            elements.Add(element(this));
        return elements;
    }

    public List<T> ReadArray<T>(Func<KafkaReader, T> element) => ReadNullableArray(element) ?? [];

    /// <summary>Steps over the tagged fields at the end of a structure; nothing in non-flexible versions.</summary>
    public void SkipTags()
    {
        if (!Flexible)
            return;
        for (var left = ReadUnsignedVarint(); left > 0; left--)
        {
            ReadUnsignedVarint();
            Take(checked((int)Math.Min(ReadUnsignedVarint(), int.MaxValue)));
        }
    }

    private int CompactLength() => (int)Math.Min(ReadUnsignedVarint(), int.MaxValue) - 1;

    private string? Text(int length) => length < 0 ? null : Encoding.UTF8.GetString(Take(length).Span);

    private Memory<byte> Take(int length)
    {
        if ((uint)length > (uint)Remaining)
            throw new InvalidRequestException($"A field of {length} bytes cannot be in the {Remaining} bytes that are left of the frame.");
        var bytes = _frame.Slice(_position, length);
        _position += length;
        return bytes;
    }
}
