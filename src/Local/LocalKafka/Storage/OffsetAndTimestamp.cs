namespace EventSourcing.LocalKafka.Storage;

/// <summary>An offset with its record's timestamp; -1 for either that is not known.</summary>
internal readonly record struct OffsetAndTimestamp(long Offset, long Timestamp)
{
    public static OffsetAndTimestamp None { get; } = new(-1, -1);
}
