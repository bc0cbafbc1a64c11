using System.Globalization;
using System.Text.RegularExpressions;
using EventSourcing.MqAdapter.Options;

namespace EventSourcing.MqAdapter.Decoding;

/// <summary>A COBOL picture of the kinds that data records use: <c>X(20)</c>; <c>9(5)</c>, <c>S9(7)V99</c>, <c>999</c>.</summary>
/// <param name="IsNumeric">A number.</param>
/// <param name="Size">Characters, or digits.</param>
/// <param name="Scale">Digits behind the implied decimal point.</param>
/// <param name="IsSigned">It has a sign.</param>
internal sealed partial record Picture(bool IsNumeric, int Size, int Scale, bool IsSigned)
{
    private const int MaxDigits = 28;                         // of decimal; COBOL's own limit is 18, or 31 with ARITH(EXTEND)
    private const int MaxBinaryDigits = 18;
    private const int MaxCharacters = 32_767;

    /// <summary>What is wrong with a picture; null when nothing is.</summary>
    public static string? FindError(string text, FieldUsage usage)
    {
        if (TryParse(text) is not { } picture)
            return $"Picture '{text}' is not understood: X(n), 9(n), S9(n), 9(n)V9(m) and S9(n)V9(m) are.";
        if (!picture.IsNumeric)
        {
            return usage != FieldUsage.Display ? $"Picture '{text}' is text, whose Usage is Display."
                : picture.Size is < 1 or > MaxCharacters ? $"Picture '{text}' has {picture.Size} characters; 1 to {MaxCharacters} are possible." : null;
        }

        var most = usage == FieldUsage.Comp ? MaxBinaryDigits : MaxDigits;
        return picture.Size is < 1 || picture.Size > most ? $"Picture '{text}' has {picture.Size} digits; 1 to {most} are possible." : null;
    }

    /// <exception cref="FormatException">It is none.</exception>
    public static Picture Parse(string text) => TryParse(text) ?? throw new FormatException($"'{text}' is no picture.");

    /// <summary>Bytes of a field.</summary>
    public int Length(FieldUsage usage) => usage switch
    {
        FieldUsage.Comp => Size switch { <= 4 => 2, <= 9 => 4, _ => 8 },
        FieldUsage.Comp3 => (Size / 2) + 1,
        _ => Size,
    };

    private static Picture? TryParse(string text)
    {
        if (Text().Match(text) is { Success: true } characters)
            return new Picture(false, Count(characters.Groups[1].Value), 0, false);
        if (Number().Match(text) is not { Success: true } number)
            return null;
        var scale = Count(number.Groups[3].Value);
        return new Picture(true, Count(number.Groups[2].Value) + scale, scale, number.Groups[1].Length > 0);
    }

    // "9(3)99" has five positions.
    private static int Count(string positions)
    {
        long count = 0;
        foreach (Match match in Position().Matches(positions))
            count += match.Groups[1].Success ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 1;
        return (int)Math.Min(count, int.MaxValue);
    }

    [GeneratedRegex(@"^((?:[XA](?:\(\d{1,9}\))?)+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Text();

    [GeneratedRegex(@"^(S?)((?:9(?:\(\d{1,9}\))?)*)(?:V((?:9(?:\(\d{1,9}\))?)+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@"[XA9](?:\((\d{1,9})\))?", RegexOptions.IgnoreCase)]
    private static partial Regex Position();
}
