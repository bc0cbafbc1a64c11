namespace EventSourcing.Fulfillment;

/// <summary>Log messages of this service, EventIds 3500 to 3599.</summary>
internal static partial class Log
{
    [LoggerMessage(3500, LogLevel.Warning, "The database is away ({Reason}); the process stands still until it is back")]
    public static partial void DatabaseAway(ILogger logger, string reason);

    [LoggerMessage(3501, LogLevel.Information, "The database can be used")]
    public static partial void DatabaseReady(ILogger logger);

    [LoggerMessage(3502, LogLevel.Warning, "The relay was interrupted ({Reason}); it goes on from what the database has noted")]
    public static partial void RelayInterrupted(ILogger logger, string reason);

    [LoggerMessage(3503, LogLevel.Warning, "Kafka does not take {Count} steps ({Type}: {Detail}); they wait in the outbox")]
    public static partial void BackboneAway(ILogger logger, int count, string type, string detail);

    [LoggerMessage(3504, LogLevel.Information, "Kafka takes steps again")]
    public static partial void BackboneBack(ILogger logger);

    [LoggerMessage(3505, LogLevel.Error, "Step {Sequence} of {Instance} can never be stored ({Type}: {Detail}); it is kept as a dead letter")]
    public static partial void StepBuried(ILogger logger, long sequence, string instance, string type, string detail);

    [LoggerMessage(3506, LogLevel.Warning, "The bound is reached ({Running} instances run, {Waiting} steps wait); no orders are read until there is room")]
    public static partial void Full(ILogger logger, long running, long waiting);

    [LoggerMessage(3507, LogLevel.Information, "There is room again")]
    public static partial void HasRoom(ILogger logger);

    [LoggerMessage(3508, LogLevel.Warning, "The conformance view was interrupted ({Reason}); it begins again")]
    public static partial void ViewInterrupted(ILogger logger, string reason);

    [LoggerMessage(3509, LogLevel.Error, "Process instance {Instance} left the model at event {Number}: {Reason}")]
    public static partial void LeftTheModel(ILogger logger, string instance, int number, string reason);

    [LoggerMessage(3510, LogLevel.Warning, "A worker was interrupted ({Reason}); its transaction was rolled back")]
    public static partial void WorkerInterrupted(ILogger logger, string reason);
}
