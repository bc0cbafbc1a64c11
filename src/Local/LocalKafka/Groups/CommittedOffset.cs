namespace EventSourcing.LocalKafka.Groups;

/// <summary>A position a group has committed for a partition.</summary>
internal readonly record struct CommittedOffset(long Offset, int LeaderEpoch, string Metadata);
