using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace EventSourcing.Till.Sales;

/// <summary>Writes the fields of a fixed-width record, one behind the other, as COBOL stores them.</summary>
internal ref struct RecordWriter(Span<byte> record, Encoding charset, bool isEbcdic)
{
    private const string PositiveInAscii = "{ABCDEFGHI";
    private const string NegativeInAscii = "}JKLMNOPQR";

    private Span<byte> _rest = record;

    /// <summary><c>PIC X(n)</c>: padded with blanks.</summary>
    public void Text(string text, int length) => charset.GetBytes(text.PadRight(length), Take(length));

    /// <summary><c>PIC S9(n)</c>: a digit per byte, the sign in the last one.</summary>
    public void Zoned(decimal value, int digits, int scale = 0)
    {
        var text = Digits(value, digits, scale);
        var field = Take(digits);
        for (var i = 0; i < digits; i++)
            field[i] = (byte)(isEbcdic ? 0xF0 + (text[i] - '0') : text[i]);
        var last = text[^1] - '0';
        field[^1] = (byte)(isEbcdic ? (value < 0 ? 0xD0 : 0xC0) + last : (value < 0 ? NegativeInAscii : PositiveInAscii)[last]);
    }

    /// <summary><c>PIC S9(n) COMP-3</c>: two digits per byte, the sign in the last half of the last one.</summary>
    public void Packed(decimal value, int digits, int scale)
    {
        var field = Take((digits / 2) + 1);
        var text = Digits(value, digits, scale).PadLeft((field.Length * 2) - 1, '0');
        for (var i = 0; i < field.Length; i++)
        {
            var low = i == field.Length - 1 ? (value < 0 ? 0xD : 0xC) : text[(2 * i) + 1] - '0';
            field[i] = (byte)(((text[2 * i] - '0') << 4) | low);
        }
    }

    /// <summary><c>PIC 9(9) COMP</c>: four bytes, the highest first.</summary>
    public void Binary(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    private Span<byte> Take(int length)
    {
        var field = _rest[..length];
        _rest = _rest[length..];
        return field;
    }

    private static string Digits(decimal value, int digits, int scale)
    {
        var shifted = decimal.Truncate(Math.Abs(value) * (decimal)Math.Pow(10, scale));
        var text = shifted.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
        return text.Length == digits ? text : throw new OverflowException($"{value} has more than {digits} digits.");
    }
}
