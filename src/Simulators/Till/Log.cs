namespace EventSourcing.Till;

/// <summary>The simulator's log messages; EventIds 2400 to 2499.</summary>
internal static partial class Log
{
    [LoggerMessage(2400, LogLevel.Information, "{Stores} stores in {Groups} groups start run {Run} at {Rate} sales per second")]
    public static partial void Starting(ILogger logger, int stores, int groups, string run, double rate);

    [LoggerMessage(2401, LogLevel.Information, "The run has ended: {Receipts}")]
    public static partial void Ended(ILogger logger, string receipts);

    [LoggerMessage(2402, LogLevel.Warning, "{Group}: message {MessageId} was refused: {Reason}")]
    public static partial void Refused(ILogger logger, string group, string messageId, string reason);

    [LoggerMessage(2403, LogLevel.Warning, "{Group}: the queue is away ({Reason}); trying again in {Delay}")]
    public static partial void Away(ILogger logger, string group, string reason, TimeSpan delay);
}
