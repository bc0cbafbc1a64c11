namespace EventSourcing.SocialFeed;

/// <summary>Log messages of this service, EventIds 3100 to 3199.</summary>
internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Warning, "Lost a dead letter from {Origin}: the dead-letter route refused it ({Type}: {Detail})")]
    public static partial void DeadLetterLost(ILogger logger, string origin, string type, string detail);

    [LoggerMessage(3102, LogLevel.Debug, "{Deleted} payloads have expired; {Left} are left")]
    public static partial void PayloadsExpired(ILogger logger, int deleted, int left);

    [LoggerMessage(3103, LogLevel.Warning, "An expired payload could not be deleted; trying again with the next sweep")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(3104, LogLevel.Debug, "Refused a request to feed {Feed}: {Reason}")]
    public static partial void Unauthenticated(ILogger logger, string feed, string reason);

    [LoggerMessage(3110, LogLevel.Warning, "Stream {Stream} is away ({Reason}); trying again until it is back")]
    public static partial void StreamAway(ILogger logger, string stream, string reason);

    [LoggerMessage(3111, LogLevel.Information, "Reading stream {Stream} from {Cursor}")]
    public static partial void Reading(ILogger logger, string stream, string cursor);

    [LoggerMessage(3112, LogLevel.Warning, "Stream {Stream} goes back to its stored cursor: a post was not taken ({Type}: {Detail})")]
    public static partial void SteppingBack(ILogger logger, string stream, string type, string detail);

    [LoggerMessage(3113, LogLevel.Warning, "The cursor of stream {Stream} could not be reported ({Reason}); it goes with the next one")]
    public static partial void CommitFailed(ILogger logger, string stream, string reason);
}
