using EventSourcing.LocalKafka.Storage.Records;

namespace EventSourcing.LocalKafka.Storage.Cleaning;

/// <summary>
/// Cleans one log once: reads where each key of the dirty part was last seen, then writes the segments before the uncleanable part anew with what stays,
/// and puts each new one in the place of the old ones.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="plan">What of it can be cleaned.</param>
/// <param name="now">Milliseconds since 1970.</param>
/// <param name="maxMapBytes">Most memory for the keys; more keys take more rounds.</param>
/// <param name="stop">Ends the work between two batches.</param>
internal sealed class Cleaner(PartitionLog log, CleaningPlan plan, long now, long maxMapBytes, CancellationToken stop)
{
    /// <returns>The new first dirty offset, or null when the log changed meanwhile.</returns>
    /// <exception cref="InvalidDataException">A batch cannot be read.</exception>
    /// <exception cref="IOException">The disk failed or is full. Nothing is lost; what was cleaned is in place.</exception>
    /// <exception cref="OperationCanceledException">The log was closed or the broker stops.</exception>
    public long? Clean()
    {
        LogSegment[] segments = [.. log.Segments.TakeWhile(segment => segment.BaseOffset < plan.FirstUncleanableOffset)];
        if (segments.Length == 0)
            return plan.FirstDirtyOffset;
        var retained = segments.TakeWhile(segment => segment.File.TryRetain()).ToList();
        try
        {
            return retained.Count == segments.Length ? Clean(segments) : null;
        }
        finally
        {
            retained.ForEach(segment => segment.File.Release());
        }
    }

    private long? Clean(LogSegment[] segments)
    {
        var round = Prepare(segments);
        var cleanedTo = round.LastMappedOffset + 1;
        var transactions = new CleanedTransactions(log.AbortedTransactions(segments[0].BaseOffset, plan.FirstUncleanableOffset));
        using var writer = new RecordBatchWriter();
        var batches = new BatchCleaner(round, transactions, writer);
        var mapped = segments.Where(segment => segment.BaseOffset < cleanedTo).ToList();
        var end = mapped.Count < segments.Length ? segments[mapped.Count].BaseOffset : plan.FirstUncleanableOffset;
        foreach (var group in SegmentGroups.Of(mapped, end, log.Config))
        {
            if (!CleanGroup(group, transactions, batches))
                return null;
        }

        return cleanedTo;
    }

    private CleaningRound Prepare(LogSegment[] segments)
    {
        var map = new OffsetMap(plan.FirstUncleanableOffset - plan.FirstDirtyOffset, maxMapBytes);
        var transactions = new CleanedTransactions(log.AbortedTransactions(plan.FirstDirtyOffset, plan.FirstUncleanableOffset));
        var builder = new OffsetMapBuilder(map, transactions, plan.FirstDirtyOffset);
        for (var i = LogReader.FloorSegment(segments, plan.FirstDirtyOffset); i < segments.Length; i++)
        {
            if (!builder.Add(segments[i], i + 1 < segments.Length ? segments[i + 1].BaseOffset : plan.FirstUncleanableOffset, Checkpoint))
                break;
        }

        return new CleaningRound
        {
            Now = now,
            DeleteHorizon = now + log.Config.DeleteRetentionMs,
            EndOffset = plan.FirstUncleanableOffset,
            LastOffsets = map,
            LastMappedOffset = builder.LastOffset,
            LastOfProducers = log.LastOfProducers(),
        };
    }

    private bool CleanGroup(List<LogSegment> group, CleanedTransactions transactions, BatchCleaner batches)
    {
        var cleaned = LogSegment.Create(log.Folder, group[0].BaseOffset, SegmentSwap.Cleaned);
        try
        {
            transactions.Index = cleaned.Indexes.Aborted;
            var isUnchanged = group.Count == 1;
            foreach (var segment in group)
                isUnchanged &= Copy(segment, cleaned, batches);
            if (isUnchanged)
                return true;
            cleaned.Indexes.Seal();
            cleaned.Flush();
            return log.Replace(group, cleaned);
        }
        finally
        {
            cleaned.Delete();
        }
    }

    private bool Copy(LogSegment segment, LogSegment cleaned, BatchCleaner batches)
    {
        var isUnchanged = true;
        using var scanner = new BatchScanner(segment.File, 0, segment.Size, BatchScanner.RecoveryBlockBytes);
        while (scanner.MoveNext())
        {
            Checkpoint();
            if (scanner.Current.Crc != Crc32C.Compute(scanner.CurrentBatch().AsSpan(RecordBatchHeader.AttributesAt)))
                throw new InvalidDataException($"{segment.File.Path} is damaged: the batch at offset {scanner.Current.BaseOffset} does not match its CRC-32C.");
            isUnchanged &= batches.Clean(scanner, cleaned);
        }

        return scanner.ValidEnd == segment.Size ? isUnchanged : throw new InvalidDataException($"{segment.File.Path} is damaged after position {scanner.ValidEnd}.");
    }

    private void Checkpoint()
    {
        stop.ThrowIfCancellationRequested();
        if (log.IsClosed)
            throw new OperationCanceledException($"{log.Name} was closed.");
    }
}
