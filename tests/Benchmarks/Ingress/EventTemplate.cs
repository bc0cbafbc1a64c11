using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;

namespace EventSourcing.Benchmarks.Ingress;

/// <summary>
/// The text of an event with places for its number, eight digits at <c>&lt;n&gt;</c>, and for its key, four digits at <c>&lt;k&gt;</c>: what differs
/// from event to event, so that the sender spends little on each. The number is found again in the record's value.
/// </summary>
internal sealed partial class EventTemplate
{
    public const int NumberDigits = 8;
    private const int KeyDigits = 4;
    private const int Keys = 1_000;

    private readonly byte[][] _texts;
    private readonly bool[] _isNumber;

    public EventTemplate(string text)
    {
        _texts = [.. Place().Split(text).Select(Encoding.UTF8.GetBytes)];
        _isNumber = [.. Place().Matches(text).Select(match => match.Value == "<n>")];
    }

    /// <summary>Letters for a field that carries nothing else.</summary>
    public static string Filler(int length) => string.Create(length, 0, static (text, _) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = (char)('a' + (i * 7 % 26));
        }
    });

    /// <summary>The key of an event.</summary>
    public static int KeyOf(int number) => number % Keys;

    public byte[] Bytes(int number)
    {
        var buffer = new ArrayBufferWriter<byte>();
        WriteTo(buffer, number);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A JSON array of events.</summary>
    public byte[] Array(int first, int count)
    {
        var buffer = new ArrayBufferWriter<byte>();
        for (var i = 0; i < count; i++)
        {
            buffer.Write(i == 0 ? "["u8 : ","u8);
            WriteTo(buffer, first + i);
        }

        buffer.Write("]"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The number of the event whose value this is; -1 when the marker is not in it, and the record therefore none of these events.</summary>
    public static int NumberAfter(ReadOnlySpan<byte> value, ReadOnlySpan<byte> marker)
    {
        var start = value.IndexOf(marker);
        return start >= 0 && Utf8Parser.TryParse(value.Slice(start + marker.Length, NumberDigits), out int number, out _) ? number : -1;
    }

    private void WriteTo(ArrayBufferWriter<byte> buffer, int number)
    {
        for (var i = 0; i < _texts.Length; i++)
        {
            buffer.Write(_texts[i]);
            if (i < _isNumber.Length)
            {
                var (digits, shown) = _isNumber[i] ? (NumberDigits, number) : (KeyDigits, KeyOf(number));
                Utf8Formatter.TryFormat(shown, buffer.GetSpan(digits), out var written, new StandardFormat('D', (byte)digits));
                buffer.Advance(written);
            }
        }
    }

    [GeneratedRegex("<[nk]>")]
    private static partial Regex Place();
}
