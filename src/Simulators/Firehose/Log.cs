namespace EventSourcing.Firehose;

/// <summary>The simulator's log messages; EventIds 3200 to 3299.</summary>
internal static partial class Log
{
    [LoggerMessage(3200, LogLevel.Information, "{Networks} networks start run {Run}: {Rate} posts per second to the webhook, {StreamRate} on the stream")]
    public static partial void Starting(ILogger logger, int networks, string run, double rate, double streamRate);

    [LoggerMessage(3201, LogLevel.Information, "The run has ended: {Receipts}")]
    public static partial void Ended(ILogger logger, string receipts);

    [LoggerMessage(3202, LogLevel.Warning, "{Network}: post {Number} was expected to be {Expected} and was answered {Status} ({Detail})")]
    public static partial void Unexpected(ILogger logger, string network, long number, string expected, string status, string? detail);

    [LoggerMessage(3203, LogLevel.Warning, "{Network}: the webhook is away ({Reason}); trying again")]
    public static partial void Away(ILogger logger, string network, string reason);
}
