namespace EventSourcing.LocalKafka.Storage.Records;

/// <summary>The variable-length integers of records: zigzag, seven bits per byte, least significant first (Kafka documentation, "Record").</summary>
internal static class Varint
{
    /// <summary>Bytes of the longest 64-bit number.</summary>
    public const int MaxBytes = 10;

    /// <summary>Takes a number from the front of <paramref name="bytes"/>; false when it is not whole.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out long value)
    {
        ulong raw = 0;
        for (var i = 0; i < bytes.Length && i < MaxBytes; i++)
        {
            raw |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if ((bytes[i] & 0x80) != 0)
                continue;
            value = (long)(raw >> 1) ^ -(long)(raw & 1);
            bytes = bytes[(i + 1)..];
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>Writes a number and says how many bytes it took.</summary>
    public static int Write(Span<byte> bytes, long value)
    {
        var raw = (ulong)((value << 1) ^ (value >> 63));
        var length = 0;
        for (; raw >= 0x80; raw >>= 7)
            bytes[length++] = (byte)(raw | 0x80);
        bytes[length++] = (byte)raw;
        return length;
    }
}
