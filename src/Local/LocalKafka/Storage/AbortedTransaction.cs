using System.Buffers.Binary;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// An aborted transaction of a partition: from the first record of its producer to the abort marker. The last stable offset is the one right
/// after the abort: no earlier transaction that ends later can concern records before it.
/// </summary>
internal readonly record struct AbortedTransaction(long ProducerId, long FirstOffset, long LastOffset, long LastStableOffset)
{
    /// <summary>Size of an entry in a <c>.txnindex</c> file: version (2 bytes) and four numbers.</summary>
    public const int Bytes = 34;

    private const short Version = 0;

    public void Write(Span<byte> entry)
    {
        BinaryPrimitives.WriteInt16BigEndian(entry, Version);
        BinaryPrimitives.WriteInt64BigEndian(entry[2..], ProducerId);
        BinaryPrimitives.WriteInt64BigEndian(entry[10..], FirstOffset);
        BinaryPrimitives.WriteInt64BigEndian(entry[18..], LastOffset);
        BinaryPrimitives.WriteInt64BigEndian(entry[26..], LastStableOffset);
    }

    /// <summary>False for an entry of another version.</summary>
    public static bool TryRead(ReadOnlySpan<byte> entry, out AbortedTransaction transaction)
    {
        transaction = new AbortedTransaction(
            BinaryPrimitives.ReadInt64BigEndian(entry[2..]),
            BinaryPrimitives.ReadInt64BigEndian(entry[10..]),
            BinaryPrimitives.ReadInt64BigEndian(entry[18..]),
            BinaryPrimitives.ReadInt64BigEndian(entry[26..]));
        return BinaryPrimitives.ReadInt16BigEndian(entry) == Version;
    }
}
