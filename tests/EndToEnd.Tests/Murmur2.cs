using System.Buffers.Binary;

namespace EventSourcing.EndToEnd.Tests;

/// <summary>The 32-bit MurmurHash2 with the seed and the sign rule of Kafka's default partitioner: an own reckoning of where a key belongs.</summary>
internal static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint Multiplier = 0x5bd1e995;

    public static int Partition(ReadOnlySpan<byte> key, int partitions) => (int)(Hash(key) & 0x7fffffff) % partitions;

    private static uint Hash(ReadOnlySpan<byte> data)
    {
        var hash = Seed ^ (uint)data.Length;
        for (; data.Length >= 4; data = data[4..])
            hash = unchecked((hash * Multiplier) ^ Mix(BinaryPrimitives.ReadUInt32LittleEndian(data)));

        for (var i = data.Length - 1; i >= 0; i--)
            hash ^= (uint)data[i] << (8 * i);
        if (!data.IsEmpty)
            hash = unchecked(hash * Multiplier);

        hash ^= hash >> 13;
        hash = unchecked(hash * Multiplier);
        return hash ^ (hash >> 15);
    }

    private static uint Mix(uint word)
    {
        word = unchecked(word * Multiplier);
        return unchecked((word ^ (word >> 24)) * Multiplier);
    }
}
