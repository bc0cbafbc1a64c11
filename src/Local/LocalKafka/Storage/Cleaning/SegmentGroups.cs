namespace EventSourcing.LocalKafka.Storage.Cleaning;

/// <summary>Puts neighbouring segments together that fit into one (<c>segment.bytes</c>, <c>segment.index.bytes</c>), so that cleaning does not leave ever more small files.</summary>
internal static class SegmentGroups
{
    /// <param name="segments">Segments to clean, without gaps between them.</param>
    /// <param name="end">Where the segment after the last one starts.</param>
    /// <param name="config">The log's limits.</param>
    public static IEnumerable<List<LogSegment>> Of(IReadOnlyList<LogSegment> segments, long end, LogConfig config)
    {
        var group = new List<LogSegment>();
        var (bytes, indexBytes) = (0L, 0L);
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            var next = i + 1 < segments.Count ? segments[i + 1].BaseOffset : end;
            bytes += segment.Size;
            indexBytes += segment.Indexes.SizeInBytes;
            if (group.Count > 0 && (bytes > config.SegmentBytes || indexBytes > config.SegmentIndexBytes || next - 1 - group[0].BaseOffset > int.MaxValue))
            {
                yield return group;
                (group, bytes, indexBytes) = ([], segment.Size, segment.Indexes.SizeInBytes);
            }

            group.Add(segment);
        }

        if (group.Count > 0)
            yield return group;
    }
}
