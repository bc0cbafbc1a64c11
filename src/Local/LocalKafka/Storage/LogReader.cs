namespace EventSourcing.LocalKafka.Storage;

/// <summary>Locates records by offset in a partition's segments; the records stay where they are.</summary>
internal static class LogReader
{
    /// <summary>
    /// A range from the batch with <paramref name="offset"/> on, or from the first one after it, within what was stored at a moment before this returns. False when
    /// compaction has replaced a segment meanwhile: look again in the log's segments of now.
    /// </summary>
    public static bool TryLocate(LogSegment[] segments, long offset, int maxBytes, bool atLeastOneBatch, out LogRange range)
    {
        range = default;
        for (var i = FloorSegment(segments, offset); i < segments.Length; i++)
        {
            var segment = segments[i];
            if (!segment.File.TryRetain())
            {
                if (segment.IsRetired)
                    return false;
                continue;
            }

            var next = i + 1 < segments.Length ? segments[i + 1].BaseOffset : long.MaxValue;
            if (segment.Find(offset) is { } batch)
            {
                range = Locate(segment, batch.Position, batch.Length, maxBytes, atLeastOneBatch, next);
                return true;
            }

            segment.File.Release();
        }

        return true;
    }

    /// <summary>The aborted transactions with records between <paramref name="from"/> and <paramref name="upperBound"/>; null for none.</summary>
    public static List<AbortedTransaction>? CollectAborted(LogSegment[] segments, long from, long upperBound)
    {
        List<AbortedTransaction>? found = null;
        for (var i = FloorSegment(segments, from); i < segments.Length; i++)
        {
            if (segments[i].Indexes.Aborted is { Count: > 0 } index && index.Collect(from, upperBound, found ??= []))
                break;
        }

        return found;
    }

    /// <summary>Index of the last segment that starts at or before <paramref name="offset"/>.</summary>
    public static int FloorSegment(IReadOnlyList<LogSegment> segments, long offset)
    {
        var (low, high) = (0, segments.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (segments[middle].BaseOffset <= offset)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    private static LogRange Locate(LogSegment segment, long position, int firstBatchBytes, int maxBytes, bool atLeastOneBatch, long next)
    {
        var length = Math.Min(maxBytes, segment.Size - position);
        if (length < firstBatchBytes)
            length = atLeastOneBatch ? firstBatchBytes : 0;
        if (length > 0)
            return new LogRange(segment, position, (int)length, next);
        segment.File.Release();
        return default;
    }
}
