namespace EventSourcing.Orders;

/// <summary>Log messages of this service, EventIds 3300 to 3399.</summary>
internal static partial class Log
{
    [LoggerMessage(3300, LogLevel.Warning, "The database is away ({Reason}); commands are refused until it is back")]
    public static partial void DatabaseAway(ILogger logger, string reason);

    [LoggerMessage(3301, LogLevel.Information, "The database can be used")]
    public static partial void DatabaseReady(ILogger logger);

    [LoggerMessage(3302, LogLevel.Warning, "The relay was interrupted ({Reason}); it goes on from what the database has noted")]
    public static partial void RelayInterrupted(ILogger logger, string reason);

    [LoggerMessage(3303, LogLevel.Warning, "Kafka does not take {Count} events ({Type}: {Detail}); they wait in the outbox")]
    public static partial void BackboneAway(ILogger logger, int count, string type, string detail);

    [LoggerMessage(3304, LogLevel.Information, "Kafka takes events again")]
    public static partial void BackboneBack(ILogger logger);

    [LoggerMessage(3305, LogLevel.Error, "Event {Id} of order {Order} can never be stored ({Type}: {Detail}); it is kept as a dead letter")]
    public static partial void EventBuried(ILogger logger, Guid id, string order, string type, string detail);

    [LoggerMessage(3306, LogLevel.Warning, "The outbox is full ({Backlog} of {Limit}); commands are refused until the relay has caught up")]
    public static partial void OutboxFull(ILogger logger, long backlog, long limit);

    [LoggerMessage(3307, LogLevel.Information, "The outbox has room again")]
    public static partial void OutboxHasRoom(ILogger logger);

    [LoggerMessage(3308, LogLevel.Error, "The replication slot {Slot} is gone or has lost its place: events committed since are no longer in the log, and commands are refused. See README, Limits")]
    public static partial void SlotLost(ILogger logger, string slot);

    [LoggerMessage(3309, LogLevel.Debug, "Relayed {Count} events")]
    public static partial void Relayed(ILogger logger, int count);

    [LoggerMessage(3310, LogLevel.Error, "The message at {Lsn} has the outbox's prefix and is not this service's ({Reason}); it is passed over")]
    public static partial void ForeignMessage(ILogger logger, string lsn, string reason);
}
