namespace EventSourcing.LocalKafka.Storage;

/// <summary>Finds records by time, with the time index, then batch headers, then the records of one batch.</summary>
internal static class TimestampSearch
{
    private const long Latest = -1;
    private const long Earliest = -2;
    private const long Greatest = -3;

    /// <param name="log">The partition.</param>
    /// <param name="timestamp">Milliseconds since 1970, or -1 for the end of the log, -2 for its start, -3 for the record with the greatest timestamp.</param>
    /// <param name="isolation">A consumer that reads committed records finds the end of the log, and everything else, before the last stable offset.</param>
    public static OffsetAndTimestamp Find(PartitionLog log, long timestamp, IsolationLevel isolation = IsolationLevel.ReadUncommitted)
    {
        var found = Find(log, timestamp);
        var stable = isolation == IsolationLevel.ReadCommitted ? log.LastStableOffset : long.MaxValue;
        if (timestamp == Latest)
            return found with { Offset = Math.Min(found.Offset, stable) };
        return found.Offset < stable || timestamp == Earliest ? found : OffsetAndTimestamp.None;
    }

    private static OffsetAndTimestamp Find(PartitionLog log, long timestamp) => timestamp switch
    {
        Latest => new OffsetAndTimestamp(log.EndOffset, -1),
        Earliest => new OffsetAndTimestamp(log.StartOffset, -1),
        Greatest => FindGreatest(log),
        _ => FindFirst(log, timestamp),
    };

    private static OffsetAndTimestamp FindFirst(PartitionLog log, long timestamp)
    {
        OffsetAndTimestamp? found;
        do
            found = FindFirst(log.Segments, timestamp, log.StartOffset);
        while (found is null);
        return found.Value;
    }

    /// <summary>Null when compaction has replaced a segment meanwhile: look again.</summary>
    private static OffsetAndTimestamp? FindFirst(IReadOnlyList<LogSegment> segments, long timestamp, long startOffset)
    {
        foreach (var segment in segments.Where(segment => segment.Indexes.Latest.Timestamp >= timestamp))
        {
            var found = InSegment(segment, segment.Indexes.FloorPositionByTime(timestamp), timestamp, startOffset);
            if (found != OffsetAndTimestamp.None)
                return found;
        }

        return OffsetAndTimestamp.None;
    }

    private static OffsetAndTimestamp FindGreatest(PartitionLog log)
    {
        while (true)
        {
            var newest = log.Segments.MaxBy(segment => segment.Indexes.Latest.Timestamp)!;
            var (timestamp, offset) = newest.Indexes.Latest;
            if (timestamp < 0)
                return OffsetAndTimestamp.None;
            if (InSegment(newest, newest.Indexes.FloorPosition(offset), timestamp, log.StartOffset) is { } found)
                return found;
        }
    }

    private static OffsetAndTimestamp? InSegment(LogSegment segment, long position, long timestamp, long startOffset)
    {
        if (!segment.File.TryRetain())
            return segment.IsRetired ? null : OffsetAndTimestamp.None;
        try
        {
            using var scanner = segment.Scan(position);
            while (scanner.MoveNext())
            {
                if (scanner.Current.MaxTimestamp < timestamp || scanner.Current.LastOffset < startOffset)
                    continue;
                var found = RecordTimestamps.FindFirst(scanner.CurrentBatch(), timestamp, startOffset);
                if (found != OffsetAndTimestamp.None)
                    return found;
            }

            return OffsetAndTimestamp.None;
        }
        finally
        {
            segment.File.Release();
        }
    }
}
