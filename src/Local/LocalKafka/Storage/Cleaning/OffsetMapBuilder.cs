using EventSourcing.LocalKafka.Storage.Records;

namespace EventSourcing.LocalKafka.Storage.Cleaning;

/// <summary>Reads the dirty part of a log, key by key, until its end or until the map is full; records of aborted transactions do not count.</summary>
internal sealed class OffsetMapBuilder(OffsetMap map, CleanedTransactions transactions, long firstDirtyOffset)
{
    /// <summary>The last offset that the map knows of.</summary>
    public long LastOffset { get; private set; } = firstDirtyOffset - 1;

    /// <summary>Adds a segment; false when the map is full.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="next">Where the next segment starts.</param>
    /// <param name="checkpoint">Called before each batch; throws to end the work.</param>
    public bool Add(LogSegment segment, long next, Action checkpoint)
    {
        using var scanner = new BatchScanner(segment.File, segment.Indexes.FloorPosition(firstDirtyOffset), segment.Size, BatchScanner.RecoveryBlockBytes);
        while (scanner.MoveNext())
        {
            checkpoint();
            if (!Add(scanner))
                return false;
        }

        LastOffset = next - 1;
        return true;
    }

    private bool Add(BatchScanner batch)
    {
        var header = batch.Current;
        if (header.IsControl)
            transactions.HasNothingLeft(header, TransactionMarker.Read(batch.CurrentBatch()));
        else if (!transactions.IsAborted(header) && header.LastOffset >= firstDirtyOffset && !AddKeys(batch.CurrentBatch()))
            return false;
        LastOffset = Math.Max(LastOffset, header.LastOffset);
        return true;
    }

    private bool AddKeys(ArraySegment<byte> batch)
    {
        using var reader = new RecordReader(batch);
        while (reader.MoveNext())
        {
            if (!reader.HasKey || reader.Offset < firstDirtyOffset)
                continue;
            if (!map.TryPut(reader.Key, reader.Offset))
                return false;
            LastOffset = reader.Offset;
        }

        return true;
    }
}
