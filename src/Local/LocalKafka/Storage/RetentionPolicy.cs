namespace EventSourcing.LocalKafka.Storage;

/// <summary>Which segments are too old (<c>retention.ms</c>, by their greatest timestamp) or too much (<c>retention.bytes</c>).</summary>
internal static class RetentionPolicy
{
    /// <summary>Where the log may start now. Ends the active segment when even its newest record is too old.</summary>
    public static long NewStartOffset(PartitionLog log, long now)
    {
        var config = log.Config;
        if (!config.DeletesOld)
            return log.StartOffset;
        if (log.Segments[^1] is { Size: > 0 } active && IsExpired(active, config, now))
            log.Roll();

        var segments = log.Segments;
        var excess = segments.Sum(segment => segment.Size) - config.RetentionBytes;
        var start = log.StartOffset;
        for (var i = 0; i < segments.Count - 1; i++)
        {
            excess -= segments[i].Size;
            var isTooMuch = config.RetentionBytes >= 0 && excess >= 0;
            if (!isTooMuch && !IsExpired(segments[i], config, now))
                break;
            start = segments[i + 1].BaseOffset;
        }

        return start;
    }

    /// <summary>A segment that compaction has emptied has nothing to keep.</summary>
    private static bool IsExpired(LogSegment segment, LogConfig config, long now) =>
        config.RetentionMs >= 0
        && (segment.Size == 0 || (segment.Indexes.Latest.Timestamp >= 0 && now - segment.Indexes.Latest.Timestamp > config.RetentionMs));
}
