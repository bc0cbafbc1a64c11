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
    private readonly int _length;

    public EventTemplate(string text)
    {
        _texts = [.. Place().Split(text).Select(Encoding.UTF8.GetBytes)];
        _isNumber = [.. Place().Matches(text).Select(match => match.Value == "<n>")];
        _length = _texts.Sum(part => part.Length) + _isNumber.Sum(isNumber => isNumber ? NumberDigits : KeyDigits);
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
        var bytes = new byte[_length];
        Write(bytes, number);
        return bytes;
    }

    /// <summary>A JSON array of events.</summary>
    public byte[] Array(int first, int count)
    {
        var bytes = new byte[1 + (count * (_length + 1))];
        for (var i = 0; i < count; i++)
        {
            var start = i * (_length + 1);
            bytes[start] = (byte)(i == 0 ? '[' : ',');
            Write(bytes.AsSpan(start + 1), first + i);
        }

        bytes[^1] = (byte)']';
        return bytes;
    }

    /// <summary>The number of the event whose value this is; -1 when the marker is not in it, and the record therefore none of these events.</summary>
    public static int NumberAfter(ReadOnlySpan<byte> value, ReadOnlySpan<byte> marker)
    {
        var start = value.IndexOf(marker);
        return start >= 0 && Utf8Parser.TryParse(value.Slice(start + marker.Length, NumberDigits), out int number, out _) ? number : -1;
    }

    private void Write(Span<byte> bytes, int number)
    {
        for (var i = 0; i < _texts.Length; i++)
        {
            _texts[i].CopyTo(bytes);
            bytes = bytes[_texts[i].Length..];
            if (i < _isNumber.Length)
            {
                var (digits, shown) = _isNumber[i] ? (NumberDigits, number) : (KeyDigits, KeyOf(number));
                Utf8Formatter.TryFormat(shown, bytes, out _, new StandardFormat('D', (byte)digits));
                bytes = bytes[digits..];
            }
        }
    }

    [GeneratedRegex("<[nk]>")]
    private static partial Regex Place();
}
