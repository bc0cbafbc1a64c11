namespace EventSourcing.LocalKafka.Storage;

/// <summary>When a segment ends before a batch: by size, by record time, by the size of its index, or because offsets no longer fit into 32 bits.</summary>
internal static class RollPolicy
{
    public static bool MustRoll(LogSegment active, LogConfig config, in RecordBatchHeader batch, long nextOffset) =>
        active.Size > 0
        && (active.Size + batch.SizeInBytes > config.SegmentBytes
            || (active.Indexes.FirstTimestamp is { } first && batch.MaxTimestamp - first > config.MaxSegmentMs)
            || active.Indexes.SizeInBytes + 12 > config.SegmentIndexBytes
            || nextOffset + batch.LastOffsetDelta - active.BaseOffset > int.MaxValue);
}
