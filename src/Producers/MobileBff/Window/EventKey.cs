using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EventSourcing.MobileBff.Window;

/// <summary>What makes an event the same event: its installation, <c>source</c> and <c>id</c>, as the first half of their SHA-256.</summary>
/// <param name="Value">16 bytes, big endian.</param>
internal readonly record struct EventKey(UInt128 Value)
{
    private const int Bytes = 16;

    public static EventKey Of(string installation, string source, string id)
    {
        // None of the three can hold the separator: control characters are in no attribute.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{installation}\n{source}\n{id}"), hash);
        return new EventKey(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    public static EventKey FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public byte[] ToBytes()
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }
}
