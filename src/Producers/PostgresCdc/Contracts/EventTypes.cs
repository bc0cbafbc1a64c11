namespace EventSourcing.PostgresCdc.Contracts;

/// <summary>CloudEvents types of this service.</summary>
public static class EventTypes
{
    /// <summary>A row was read, inserted, updated or deleted, or a table truncated. Data: Debezium's envelope.</summary>
    public const string Change = "io.eventsourcing.cdc.change.v1";

    /// <summary>Follows a delete; no data: a compacted topic forgets the key.</summary>
    public const string Tombstone = "io.eventsourcing.cdc.tombstone.v1";

    /// <summary>A transaction begins or ends.</summary>
    public const string Transaction = "io.eventsourcing.cdc.transaction.v1";

    /// <summary>How far a slot's changes are stored.</summary>
    public const string Position = "io.eventsourcing.cdc.position.v1";
}
