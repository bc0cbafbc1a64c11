namespace EventSourcing.EventBackbone;

/// <summary>A topic as its owner declares it; created at start when it does not exist (never altered, never auto-created).</summary>
/// <param name="Name">Kafka topic name: 1 to 249 of <c>[a-zA-Z0-9._-]</c>.</param>
/// <param name="KeyedBy">What the record key means, for people: <c>asset id</c>, <c>visitor id</c>; null when records have no key.</param>
public sealed record TopicDeclaration(string Name, string? KeyedBy)
{
    /// <summary>Partitions, count, at least 1.</summary>
    public int Partitions { get; init; } = 6;

    /// <summary><c>retention.ms</c>.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    /// <summary><c>cleanup.policy</c>: <c>delete</c>, <c>compact</c>, or both with a comma.</summary>
    public string CleanupPolicy { get; init; } = "delete";

    /// <summary>Replication factor; -1 takes the broker's default.</summary>
    public short ReplicationFactor { get; init; } = -1;
}
