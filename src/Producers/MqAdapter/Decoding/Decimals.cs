using System.Buffers.Binary;

namespace EventSourcing.MqAdapter.Decoding;

/// <summary>
/// COBOL's three stored forms of a number, as Enterprise COBOL for z/OS writes them (Programming Guide, "Formats for numeric data").
/// Each method gives null, and the position of the first wrong byte, for what is no number.
/// </summary>
internal static class Decimals
{
    // PIC S9(5)V99 COMP-3, -1234.56: 01 23 45 6D. A digit per half byte, the sign in the last one.
    public static decimal? ReadPacked(ReadOnlySpan<byte> bytes, int scale, out int wrong)
    {
        decimal value = 0;
        for (wrong = 0; wrong < bytes.Length; wrong++)
        {
            var (high, low) = (bytes[wrong] >> 4, bytes[wrong] & 0xF);
            var isLast = wrong == bytes.Length - 1;
            if (high > 9 || isLast != (low > 9))
                return null;
            value = (value * 10) + high;
            if (!isLast)
                value = (value * 10) + low;
            else if (low is 0xB or 0xD)
                value = -value;
        }

        return Scale(value, scale);
    }

    // PIC S9(5), -123: F0 F0 F1 F2 D3. The last byte's upper half is the sign: C or F plus, D minus.
    public static decimal? ReadZonedEbcdic(ReadOnlySpan<byte> bytes, int scale, out int wrong)
    {
        decimal value = 0;
        for (wrong = 0; wrong < bytes.Length; wrong++)
        {
            var (zone, digit) = (bytes[wrong] >> 4, bytes[wrong] & 0xF);
            var isLast = wrong == bytes.Length - 1;
            if (digit > 9 || (isLast ? zone < 0xA : zone != 0xF))
                return null;
            value = (value * 10) + digit;
            if (isLast && zone is 0xB or 0xD)
                value = -value;
        }

        return Scale(value, scale);
    }

    // The same after a translation to ASCII: -123 is "0012L". '{' and A to I are plus 0 to 9, '}' and J to R minus 0 to 9.
    public static decimal? ReadZonedAscii(ReadOnlySpan<byte> bytes, int scale, out int wrong)
    {
        decimal value = 0;
        for (wrong = 0; wrong < bytes.Length; wrong++)
        {
            var isLast = wrong == bytes.Length - 1;
            var (digit, isNegative) = bytes[wrong] switch
            {
                >= (byte)'0' and <= (byte)'9' and var plain => (plain - '0', false),
                (byte)'{' when isLast => (0, false),
                (byte)'}' when isLast => (0, true),
                >= (byte)'A' and <= (byte)'I' and var plus when isLast => (plus - 'A' + 1, false),
                >= (byte)'J' and <= (byte)'R' and var minus when isLast => (minus - 'J' + 1, true),
                _ => (-1, false),
            };
            if (digit < 0)
                return null;
            value = (value * 10) + digit;
            if (isNegative)
                value = -value;
        }

        return Scale(value, scale);
    }

    // PIC S9(4) COMP, -1234: FB 2E. Big-endian, two's complement; 2, 4 or 8 bytes.
    public static decimal ReadBinary(ReadOnlySpan<byte> bytes, bool isSigned, int scale) => Scale(
        (bytes.Length, isSigned) switch
        {
            (2, true) => BinaryPrimitives.ReadInt16BigEndian(bytes),
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (4, true) => BinaryPrimitives.ReadInt32BigEndian(bytes),
            (4, false) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            (8, true) => BinaryPrimitives.ReadInt64BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        },
        scale);

    private static decimal Scale(decimal digits, int scale)
    {
        var bits = decimal.GetBits(digits);
        return new decimal(bits[0], bits[1], bits[2], digits < 0, (byte)scale);
    }
}
