namespace EventSourcing.LocalKafka.Storage;

/// <summary>Looks into the records of one batch for a timestamp: the only place where records are read, and only as far as their times.</summary>
internal static class RecordTimestamps
{
    /// <summary>
    /// The first record with at least <paramref name="timestamp"/>. A compressed batch is not opened: its first record is the answer, so that
    /// a consumer that starts there misses nothing.
    /// </summary>
    public static OffsetAndTimestamp FindFirst(ReadOnlySpan<byte> batch, long timestamp, long startOffset)
    {
        var header = RecordBatchHeader.Read(batch);
        if (header.IsLogAppendTime)
            return new OffsetAndTimestamp(Math.Max(header.BaseOffset, startOffset), header.MaxTimestamp);
        if (header.Compression != CompressionType.None)
            return new OffsetAndTimestamp(Math.Max(header.BaseOffset, startOffset), Math.Min(header.MaxTimestamp, Math.Max(header.BaseTimestamp, timestamp)));

        var records = batch[RecordBatchHeader.Bytes..];
        while (TryReadRecord(ref records, out var timestampDelta, out var offsetDelta))
        {
            var record = new OffsetAndTimestamp(header.BaseOffset + offsetDelta, header.BaseTimestamp + timestampDelta);
            if (record.Timestamp >= timestamp && record.Offset >= startOffset)
                return record;
        }

        return OffsetAndTimestamp.None;
    }

    /// <summary>A record: length (varint), attributes (1 byte), timestamp delta (varlong), offset delta (varint), key, value, headers.</summary>
    private static bool TryReadRecord(ref ReadOnlySpan<byte> records, out long timestampDelta, out long offsetDelta)
    {
        timestampDelta = offsetDelta = 0;
        if (!TryReadVarlong(ref records, out var length) || length < 1 || length > records.Length)
            return false;
        var record = records[1..(int)length];
        records = records[(int)length..];
        return TryReadVarlong(ref record, out timestampDelta) && TryReadVarlong(ref record, out offsetDelta);
    }

    private static bool TryReadVarlong(ref ReadOnlySpan<byte> bytes, out long value)
    {
        ulong raw = 0;
        for (var i = 0; i < bytes.Length && i < 10; i++)
        {
            raw |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if ((bytes[i] & 0x80) != 0)
                continue;
            value = (long)(raw >> 1) ^ -(long)(raw & 1);
            bytes = bytes[(i + 1)..];
            return true;
        }

        value = 0;
        return false;
    }
}
