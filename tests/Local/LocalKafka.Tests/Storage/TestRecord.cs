namespace EventSourcing.LocalKafka.Tests.Storage;

/// <summary>A record as it is read back; a tombstone has no value.</summary>
internal sealed record TestRecord(long Offset, long Timestamp, string Key, string? Value);
