using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>What must hold before a batch that a producer sent is stored: everything that its header and checksum can tell.</summary>
internal static class RecordBatchValidator
{
    private const int ZstdFirstProduceVersion = 7;

    public static ErrorCode Validate(ReadOnlySpan<byte> records, short produceVersion, int maxMessageBytes, out RecordBatchHeader header, out string? reason)
    {
        header = default;
        if (records.Length < RecordBatchHeader.Bytes)
            return Fail(ErrorCode.InvalidRecord, $"A produce request must hold one record batch per partition; {records.Length} bytes cannot hold one.", out reason);

        header = RecordBatchHeader.Read(records);
        if (header.Magic != RecordBatchHeader.SupportedMagic)
            return Fail(ErrorCode.InvalidRecord, $"Record format v2 is required; the batch has magic {header.Magic}.", out reason);
        if (header.SizeInBytes < RecordBatchHeader.Bytes || header.SizeInBytes > records.Length)
            return Fail(ErrorCode.CorruptMessage, $"The batch states {header.SizeInBytes} bytes, {records.Length} came.", out reason);
        if (header.SizeInBytes != records.Length)
            return Fail(ErrorCode.InvalidRecord, "A produce request must hold exactly one record batch per partition.", out reason);
        if (records.Length > maxMessageBytes)
            return Fail(ErrorCode.MessageTooLarge, $"The batch has {records.Length} bytes, the topic takes {maxMessageBytes} (max.message.bytes).", out reason);
        if (header.Crc != Crc32C.Compute(records[RecordBatchHeader.AttributesAt..]))
            return Fail(ErrorCode.CorruptMessage, "The batch does not match its CRC-32C.", out reason);
        return ValidateContent(header, produceVersion, out reason);
    }

    private static ErrorCode ValidateContent(in RecordBatchHeader header, short produceVersion, out string? reason)
    {
        if (header.RecordCount <= 0 || header.LastOffsetDelta != header.RecordCount - 1)
            return Fail(ErrorCode.InvalidRecord, $"The batch counts {header.RecordCount} records and ends at offset delta {header.LastOffsetDelta}.", out reason);
        if (header.Compression > CompressionType.Zstd || (header.Compression == CompressionType.Zstd && produceVersion < ZstdFirstProduceVersion))
            return Fail(ErrorCode.UnsupportedCompressionType, $"Compression {header.Compression} is not allowed in Produce version {produceVersion}.", out reason);
        if (header.IsControl)
            return Fail(ErrorCode.InvalidRecord, "Producers may not write control batches.", out reason);
        if (header.IsTransactional && !header.HasProducerId)
            return Fail(ErrorCode.InvalidRecord, "A transactional batch needs a producer id.", out reason);
        if (header.HasProducerId && (header.BaseSequence < 0 || header.ProducerEpoch < 0))
            return Fail(ErrorCode.InvalidRecord, "A batch with a producer id needs an epoch and a sequence.", out reason);
        reason = null;
        return ErrorCode.None;
    }

    private static ErrorCode Fail(ErrorCode error, string text, out string? reason)
    {
        reason = text;
        return error;
    }
}
