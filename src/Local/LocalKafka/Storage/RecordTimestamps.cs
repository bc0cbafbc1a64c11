using EventSourcing.LocalKafka.Storage.Records;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>Looks into the records of one batch for a timestamp.</summary>
internal static class RecordTimestamps
{
    /// <summary>
    /// The first record with at least <paramref name="timestamp"/>. Where the records cannot be read, which nobody has checked when they were stored, the start of
    /// the batch is the answer, so that a consumer that starts there misses nothing.
    /// </summary>
    public static OffsetAndTimestamp FindFirst(ArraySegment<byte> batch, long timestamp, long startOffset)
    {
        try
        {
            using var reader = new RecordReader(batch);
            while (reader.MoveNext())
            {
                if (reader.Timestamp >= timestamp && reader.Offset >= startOffset)
                    return new OffsetAndTimestamp(reader.Offset, reader.Timestamp);
            }

            return OffsetAndTimestamp.None;
        }
        catch (InvalidDataException)
        {
            var header = RecordBatchHeader.Read(batch);
            return new OffsetAndTimestamp(Math.Max(header.BaseOffset, startOffset), Math.Min(header.MaxTimestamp, Math.Max(header.BaseTimestamp, timestamp)));
        }
    }
}
