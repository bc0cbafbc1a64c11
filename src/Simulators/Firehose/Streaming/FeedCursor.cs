using System.Globalization;

namespace EventSourcing.Firehose.Streaming;

/// <summary>Ids of the stream's events: <c>{run}-{number}</c>. A cursor of another run means the beginning of this one.</summary>
internal static class FeedCursor
{
    public static string Write(string run, long number) => string.Create(CultureInfo.InvariantCulture, $"{run}-{number}");

    /// <summary>The number; 0 for none, and for a cursor of another run.</summary>
    public static long Read(string? cursor, string run) =>
        cursor?.Split('-') is [var ownRun, var number] && ownRun == run
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
