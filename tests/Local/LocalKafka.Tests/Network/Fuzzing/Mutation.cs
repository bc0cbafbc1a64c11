using System.Buffers.Binary;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Tests.Network.Fuzzing;

/// <summary>Spoils a frame as networks, broken clients and attackers do. The result has its length in front, which may be a lie.</summary>
internal static class Mutation
{
    private const int ApiAndVersion = 4;
    private static readonly int[] Extremes = [int.MaxValue, int.MinValue, -1, -2, 0, 1, 100_000, 100_001, 1 << 20, 1 << 24];

    public static byte[] Spoil(byte[] frame, Random random)
    {
        var spoilt = frame.ToArray();
        for (var times = random.Next(1, 4); times > 0; times--)
            spoilt = Once(spoilt, random);
        if (random.Next(4) == 0)
            RepairChecksum(spoilt);
        return WithLength(spoilt, random);
    }

    private static byte[] Once(byte[] frame, Random random)
    {
        var at = random.Next(frame.Length);
        switch (random.Next(8))
        {
            case 0:
            case 1:
                frame[at] ^= (byte)(1 << random.Next(8));
                return frame;
            case 2:
                frame[at] = (byte)random.Next(256);
                return frame;
            case 3 when frame.Length > ApiAndVersion + 4: // a count, a length or an offset beyond all bounds
                BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(random.Next(ApiAndVersion, frame.Length - 3)), Extremes[random.Next(Extremes.Length)]);
                return frame;
            case 4: // the same as a compact length: five bytes of a varint, or more than five
                frame.AsSpan(at, Math.Min(random.Next(1, 8), frame.Length - at)).Fill(0xff);
                return frame;
            case 5:
                return frame[..Math.Max(ApiAndVersion, at)];
            case 6: // a piece of it twice
                return [.. frame[..at], .. frame[(at / 2)..]];
            default:
                BinaryPrimitives.WriteInt16BigEndian(frame.AsSpan(2), (short)random.Next(0, 13));
                return frame;
        }
    }

    /// <summary>Makes the checksum of the first record batch right again, so that what is wrong in it gets further than its checksum.</summary>
    private static void RepairChecksum(Span<byte> frame)
    {
        for (var at = 0; at + RecordBatchHeader.Bytes <= frame.Length; at++)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(frame[(at + 8)..]) + RecordBatchHeader.Overhead;
            if (frame[at + 16] != RecordBatchHeader.SupportedMagic || size < RecordBatchHeader.Bytes || at + size > frame.Length)
                continue;
            var content = frame[(at + RecordBatchHeader.AttributesAt)..(at + size)];
            BinaryPrimitives.WriteUInt32BigEndian(frame[(at + RecordBatchHeader.CrcAt)..], Crc32C.Compute(content));
            return;
        }
    }

    private static byte[] WithLength(byte[] frame, Random random)
    {
        var bytes = new byte[frame.Length + 4];
        var length = random.Next(20) == 0 ? Extremes[random.Next(Extremes.Length)] : frame.Length;
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        frame.CopyTo(bytes, 4);
        return bytes;
    }
}
