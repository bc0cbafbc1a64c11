using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>What a read found, with the log's bounds at that moment. The caller must release the records.</summary>
internal readonly record struct LogReadResult(ErrorCode Error, long LogStartOffset, long HighWatermark, long LastStableOffset, FileSlice Records)
{
    /// <summary>What a consumer that reads committed records must drop; null for nothing.</summary>
    public IReadOnlyList<AbortedTransaction>? Aborted { get; init; }

    public static LogReadResult Failed(ErrorCode error) => new(error, -1, -1, -1, default);
}
