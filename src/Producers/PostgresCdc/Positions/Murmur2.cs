using System.Buffers.Binary;

namespace EventSourcing.PostgresCdc.Positions;

/// <summary>Kafka's default partitioner, to know which partition a key's earlier records are in.</summary>
internal static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint Multiplier = 0x5bd1e995;

    /// <summary>The partition of a key.</summary>
    public static int Partition(ReadOnlySpan<byte> key, int partitions) => (int)(Hash(key) & 0x7fffffff) % partitions;

    private static uint Hash(ReadOnlySpan<byte> data)
    {
        var hash = Seed ^ (uint)data.Length;
        for (; data.Length >= 4; data = data[4..])
        {
            var word = unchecked(BinaryPrimitives.ReadUInt32LittleEndian(data) * Multiplier);
            hash = unchecked((hash * Multiplier) ^ ((word ^ (word >> 24)) * Multiplier));
        }

        for (var i = data.Length - 1; i >= 0; i--)
            hash ^= (uint)data[i] << (8 * i);
        if (!data.IsEmpty)
            hash = unchecked(hash * Multiplier);
        hash = unchecked((hash ^ (hash >> 13)) * Multiplier);
        return hash ^ (hash >> 15);
    }
}
