namespace EventSourcing.CloudEvents.Attributes;

/// <summary>Timestamps as RFC 3339 has them and the official SDK writes them: 0, 3, 6 or 7 fractional digits, <c>Z</c> or a numeric offset.</summary>
internal static class Rfc3339
{
    /// <summary>Length of <c>2018-04-05T17:31:00.1234567+01:00</c>.</summary>
    public const int LongestLength = 33;

    /// <summary>Writes <paramref name="time"/> and returns the length.</summary>
    public static int Format(DateTimeOffset time, Span<byte> target)
    {
        var ((year, month, day), clock, _) = time;
        Digits(target, 0, 4, year);
        Part(target, 4, '-', month);
        Part(target, 7, '-', day);
        Part(target, 10, 'T', clock.Hour);
        Part(target, 13, ':', clock.Minute);
        Part(target, 16, ':', clock.Second);
        var end = 19 + Fraction(target[19..], (int)(time.Ticks % TimeSpan.TicksPerSecond));
        return end + Offset(target[end..], time.Offset);
    }

    private static int Fraction(Span<byte> target, int ticks)
    {
        if (ticks == 0)
            return 0;
        var (digits, value) = (ticks % 10_000, ticks % 10) switch
        {
            (0, _) => (3, ticks / 10_000),
            (_, 0) => (6, ticks / 10),
            _ => (7, ticks),
        };
        target[0] = (byte)'.';
        Digits(target, 1, digits, value);
        return digits + 1;
    }

    private static int Offset(Span<byte> target, TimeSpan offset)
    {
        if (offset == TimeSpan.Zero)
        {
            target[0] = (byte)'Z';
            return 1;
        }
        var minutes = (int)Math.Abs(offset.TotalMinutes);
        Part(target, 0, offset < TimeSpan.Zero ? '-' : '+', minutes / 60);
        Part(target, 3, ':', minutes % 60);
        return 6;
    }

    private static void Part(Span<byte> target, int at, char separator, int value)
    {
        target[at] = (byte)separator;
        Digits(target, at + 1, 2, value);
    }

    private static void Digits(Span<byte> target, int at, int count, int value)
    {
        for (var position = at + count - 1; position >= at; position--)
        {
            target[position] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
