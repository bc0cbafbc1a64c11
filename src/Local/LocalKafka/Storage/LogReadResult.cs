using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>What a read found, with the log's bounds at that moment. The caller must release the records.</summary>
internal readonly record struct LogReadResult(ErrorCode Error, long LogStartOffset, long HighWatermark, FileSlice Records);
