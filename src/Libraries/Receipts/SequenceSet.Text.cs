using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace EventSourcing.Receipts;

/// <content>The text form: <c>1-5000,5002</c>; empty for the empty set.</content>
public sealed partial class SequenceSet
{
    /// <summary>The text form of ranges: <c>1-5000,5002</c>.</summary>
    public static string Format(IEnumerable<SequenceRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        var text = new StringBuilder();
        foreach (var range in ranges)
        {
            if (text.Length > 0)
                text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{range.First}");
            if (range.Last > range.First)
                text.Append(CultureInfo.InvariantCulture, $"-{range.Last}");
        }
        return text.ToString();
    }

    /// <summary>Reads the text form; false when it is malformed or a number is out of range. Ranges may overlap and come in any order.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SequenceSet? set)
    {
        set = null;
        var result = new SequenceSet();
        if (text.Length > 0)
        {
            foreach (var part in text.Split(','))
            {
                if (!TryParseRange(text[part], out var range))
                    return false;
                result.AddRange(range.First, range.Last);
            }
        }
        set = result;
        return true;
    }

    /// <summary>The text form: <c>1-5000,5002</c>.</summary>
    public override string ToString() => Format(Ranges());

    private static bool TryParseRange(ReadOnlySpan<char> text, out SequenceRange range)
    {
        var dash = text.IndexOf('-');
        range = default;
        if (!TryParseNumber(dash < 0 ? text : text[..dash], out var first))
            return false;
        var last = first;
        if (dash >= 0 && !TryParseNumber(text[(dash + 1)..], out last))
            return false;
        range = new SequenceRange(first, last);
        return first <= last;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= MaxSequence;
}
