using EventSourcing.LocalKafka.Storage.Records;

namespace EventSourcing.LocalKafka.Storage.Cleaning;

/// <summary>Decides, batch by batch, what of a log stays (Kafka documentation, "Log Compaction"), and copies it into a cleaned segment.</summary>
internal sealed class BatchCleaner(CleaningRound round, CleanedTransactions transactions, RecordBatchWriter writer)
{
    /// <summary>Copies what stays of a batch; true when that is all of it.</summary>
    public bool Clean(BatchScanner batch, LogSegment target)
    {
        var header = batch.Current;
        return header.IsControl ? CleanMarker(batch, header, target) : CleanRecords(batch, header, target);
    }

    /// <summary>
    /// A marker goes when its transaction has nothing left, and then only after a delete horizon: a consumer that is reading the transaction must meet its end. The
    /// last word on a producer's epoch stays.
    /// </summary>
    private bool CleanMarker(BatchScanner batch, in RecordBatchHeader header, LogSegment target)
    {
        var bytes = batch.CurrentBatch();
        if (!transactions.HasNothingLeft(header, TransactionMarker.Read(bytes)) || MustStay(header))
            return Keep(bytes, header, target);
        if (header.DeleteHorizon is { } horizon)
            return round.Now < horizon && Keep(bytes, header, target);
        Put(writer.Write(bytes, static _ => true, round.DeleteHorizon), target);
        return false;
    }

    private bool CleanRecords(BatchScanner batch, in RecordBatchHeader header, LogSegment target)
    {
        var bytes = batch.CurrentBatch();
        var isAborted = transactions.IsAborted(header);
        var (retained, tombstones) = isAborted ? (0, false) : Count(bytes, header);
        if (retained == 0)
        {
            if (!MustStay(header))
                return false;
            if (header.RecordCount == 0)
                return Keep(bytes, header, target);
            Put(writer.WriteHeader(header), target);
            return false;
        }

        var setsHorizon = tombstones && header.DeleteHorizon is null;
        if (retained == header.RecordCount && !setsHorizon)
            return Keep(bytes, header, target);
        var deleteHorizon = header.DeleteHorizon;
        Put(writer.Write(bytes, record => IsRetained(record, deleteHorizon), setsHorizon ? round.DeleteHorizon : null), target);
        return false;
    }

    private (int Retained, bool Tombstones) Count(ArraySegment<byte> batch, in RecordBatchHeader header)
    {
        var (retained, tombstones) = (0, false);
        using var reader = new RecordReader(batch);
        while (reader.MoveNext())
        {
            if (!IsRetained(reader, header.DeleteHorizon))
                continue;
            retained++;
            tombstones |= !reader.HasValue;
        }

        return (retained, tombstones);
    }

    /// <summary>The last record of its key stays, a tombstone until the delete horizon. Nothing is known of records after the mapped ones.</summary>
    private bool IsRetained(RecordReader record, long? deleteHorizon)
    {
        if (record.Offset > round.LastMappedOffset)
            return true;
        return record.HasKey
            && record.Offset >= round.LastOffsets.Find(record.Key)
            && (record.HasValue || deleteHorizon is null || round.Now < deleteHorizon);
    }

    /// <summary>The last batch of a producer tells its sequence, and the last of the range where it ends: at least the header of both stays.</summary>
    private bool MustStay(in RecordBatchHeader header) =>
        header.NextOffset == round.EndOffset || (header.HasProducerId && round.LastOfProducers.TryGetValue(header.ProducerId, out var last) && last.IsIn(header));

    private static bool Keep(ReadOnlySpan<byte> batch, in RecordBatchHeader header, LogSegment target)
    {
        target.Append(batch, header);
        return true;
    }

    private static void Put(ReadOnlySpan<byte> batch, LogSegment target) => target.Append(batch, RecordBatchHeader.Read(batch));
}
