namespace EventSourcing.PumpSimulator;

/// <summary>The simulator's log messages; EventIds 2300 to 2399.</summary>
internal static partial class Log
{
    [LoggerMessage(2300, LogLevel.Information, "{Devices} devices start run {Run} at {Rate} readings per second")]
    public static partial void Starting(ILogger logger, int devices, string run, double rate);

    [LoggerMessage(2301, LogLevel.Information, "The run has ended: {Receipts}")]
    public static partial void Ended(ILogger logger, string receipts);

    [LoggerMessage(2302, LogLevel.Warning, "{Source} #{Sequence} was refused: {Reason}")]
    public static partial void Refused(ILogger logger, string source, long sequence, string reason);
}
