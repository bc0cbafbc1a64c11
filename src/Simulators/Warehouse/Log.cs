namespace EventSourcing.Warehouse;

/// <summary>The simulator's log messages; EventIds 3700 to 3799.</summary>
internal static partial class Log
{
    [LoggerMessage(3700, LogLevel.Information, "{Terminals} terminals start run {Run} at {Rate} movements per second")]
    public static partial void Starting(ILogger logger, int terminals, string run, double rate);

    [LoggerMessage(3701, LogLevel.Information, "The run has ended: {Receipts}")]
    public static partial void Ended(ILogger logger, string receipts);

    [LoggerMessage(3702, LogLevel.Warning, "{Terminal}: the database is away ({Reason}); trying again in {Delay}")]
    public static partial void Away(ILogger logger, string terminal, string reason, TimeSpan delay);

    [LoggerMessage(3703, LogLevel.Warning, "The database is away ({Reason}); the tables are made when it is back")]
    public static partial void NoSchema(ILogger logger, string reason);
}
