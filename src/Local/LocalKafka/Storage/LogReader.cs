namespace EventSourcing.LocalKafka.Storage;

/// <summary>Locates records by offset in a partition's segments; the records stay where they are.</summary>
internal static class LogReader
{
    public static FileSlice Slice(LogSegment[] segments, long offset, int maxBytes, bool atLeastOneBatch)
    {
        for (var i = FloorSegment(segments, offset); i < segments.Length; i++)
        {
            var segment = segments[i];
            if (!segment.File.TryRetain())
                continue;
            if (segment.Find(offset) is { } batch)
                return Slice(segment, batch.Position, batch.Length, maxBytes, atLeastOneBatch);
            segment.File.Release();
        }

        return default;
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

    private static FileSlice Slice(LogSegment segment, long position, int firstBatchBytes, int maxBytes, bool atLeastOneBatch)
    {
        var length = Math.Min(maxBytes, segment.Size - position);
        if (length < firstBatchBytes)
            length = atLeastOneBatch ? firstBatchBytes : 0;
        if (length > 0)
            return new FileSlice(segment.File, position, (int)length);
        segment.File.Release();
        return default;
    }
}
