namespace EventSourcing.Shoppers;

/// <summary>The simulator's log messages; EventIds 3400 to 3499.</summary>
internal static partial class Log
{
    [LoggerMessage(3400, LogLevel.Information, "{Channels} sales channels start run {Run} at {Rate} commands per second")]
    public static partial void Starting(ILogger logger, int channels, string run, double rate);

    [LoggerMessage(3401, LogLevel.Information, "The run has ended: {Receipts}")]
    public static partial void Ended(ILogger logger, string receipts);

    [LoggerMessage(3402, LogLevel.Warning, "{Channel}: command {Sequence} was refused: {Reason}")]
    public static partial void Refused(ILogger logger, string channel, long sequence, string reason);

    [LoggerMessage(3403, LogLevel.Warning, "{Channel}: command {Sequence} has no answer ({Reason}); it is sent again with its key")]
    public static partial void Unanswered(ILogger logger, string channel, long sequence, string reason);

    [LoggerMessage(3404, LogLevel.Error, "{Channel}: the receipt of command {Sequence} promises another event: {Source} {Promised}")]
    public static partial void OtherEvent(ILogger logger, string channel, long sequence, string source, string promised);

    [LoggerMessage(3405, LogLevel.Warning, "The committed steps cannot be read ({Reason}); trying again")]
    public static partial void StepsAway(ILogger logger, string reason);
}
