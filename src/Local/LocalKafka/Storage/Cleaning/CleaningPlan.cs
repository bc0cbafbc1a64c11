namespace EventSourcing.LocalKafka.Storage.Cleaning;

/// <summary>What of a compacted log could be cleaned now, as Kafka's cleaner manager reckons.</summary>
/// <param name="FirstDirtyOffset">Before it, each key is there once, tombstones aside.</param>
/// <param name="FirstUncleanableOffset">Start of the first segment that must stay as it is: the active one, one with records that are not stable, or one within <c>min.compaction.lag.ms</c>.</param>
/// <param name="CleanBytes">Bytes before the first dirty offset.</param>
/// <param name="CleanableBytes">Bytes between the two.</param>
/// <param name="IsOverdue">A record has waited for longer than <c>max.compaction.lag.ms</c>.</param>
internal sealed record CleaningPlan(long FirstDirtyOffset, long FirstUncleanableOffset, long CleanBytes, long CleanableBytes, bool IsOverdue)
{
    public double DirtyRatio => CleanableBytes == 0 ? 0 : CleanableBytes / (double)(CleanBytes + CleanableBytes);

    public static CleaningPlan Of(PartitionLog log, long now)
    {
        var stable = log.LastStableOffset;
        var (segments, config) = (log.Segments, log.Config);
        var dirty = log.CleanedOffset is var cleaned && cleaned >= log.StartOffset && cleaned <= log.EndOffset ? cleaned : log.StartOffset;
        var firstDirty = LogReader.FloorSegment(segments, dirty);
        var firstUncleanable = firstDirty;
        while (firstUncleanable < segments.Count - 1 && IsCleanable(segments[firstUncleanable], segments[firstUncleanable + 1].BaseOffset))
            firstUncleanable++;

        return new CleaningPlan(
            dirty,
            segments[firstUncleanable].BaseOffset,
            segments.Take(firstDirty).Sum(segment => segment.Size),
            segments.Take(firstUncleanable).Skip(firstDirty).Sum(segment => segment.Size),
            segments.SkipLast(1).Skip(firstDirty).Any(segment => segment.Indexes.FirstTimestamp is > 0 and var first && first < now - config.MaxCompactionLagMs));

        bool IsCleanable(LogSegment segment, long next) =>
            next <= stable && (config.MinCompactionLagMs == 0 || segment.Indexes.Latest.Timestamp <= now - config.MinCompactionLagMs);
    }

    /// <summary>Whether it is worth the work: more than <c>min.cleanable.dirty.ratio</c> is dirty, or something waits for too long.</summary>
    public bool IsDue(LogConfig config) => CleanableBytes > 0 && FirstDirtyOffset < FirstUncleanableOffset && (IsOverdue || DirtyRatio > config.MinCleanableDirtyRatio);
}
