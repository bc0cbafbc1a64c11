using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Storage.Records;

/// <summary>What must hold for a batch of a compacted topic beside <see cref="RecordBatchValidator"/>: its records can be read, and each has a key.</summary>
internal static class CompactedTopicValidator
{
    /// <summary>Errors that are told one by one; more add nothing that a person could use.</summary>
    private const int MaxRecordErrors = 1_000;

    /// <summary>Null when the batch may be stored.</summary>
    public static LogAppendResult? Validate(ArraySegment<byte> batch, TopicPartition partition)
    {
        var errors = new List<RecordError>();
        try
        {
            using var reader = new RecordReader(batch);
            var baseOffset = RecordBatchHeader.Read(batch).BaseOffset;
            for (var index = 0; reader.MoveNext(); index++)
            {
                if (reader.Offset != baseOffset + index)
                    throw new InvalidDataException($"Record {index} has the offset of record {reader.Offset - baseOffset}.");
                if (!reader.HasKey && errors.Count < MaxRecordErrors)
                    errors.Add(new RecordError(index, $"Compacted topic cannot accept message without key in topic partition {partition}."));
            }
        }
        catch (InvalidDataException exception)
        {
            return LogAppendResult.Refused(ErrorCode.InvalidRecord, $"The records cannot be read, as compaction must: {exception.Message}");
        }

        if (errors.Count == 0)
            return null;
        return LogAppendResult.Refused(ErrorCode.InvalidRecord, $"{errors.Count} records were refused: {errors[0].Message}") with { RecordErrors = errors };
    }
}
