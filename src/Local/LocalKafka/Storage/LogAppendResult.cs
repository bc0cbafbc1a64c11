using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>Outcome of an append: the offset the batch has, or why it was refused.</summary>
internal readonly record struct LogAppendResult(ErrorCode Error, long BaseOffset, long AppendTime, string? Reason)
{
    /// <summary>The records that made the batch be refused, where it is single ones.</summary>
    public IReadOnlyList<RecordError> RecordErrors { get => field ?? []; init; }

    public static LogAppendResult Refused(ErrorCode error, string? reason) => new(error, -1, -1, reason);
}
