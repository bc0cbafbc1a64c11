namespace EventSourcing.PostgresCdc;

/// <summary>This service's log messages; EventIds 3600 to 3699.</summary>
internal static partial class Log
{
    [LoggerMessage(3600, LogLevel.Information, "Streaming {Server} from {Lsn}")]
    public static partial void Streaming(ILogger logger, string server, string lsn);

    [LoggerMessage(3601, LogLevel.Warning, "Capture of {Server} ended: {Reason}; next attempt in {Delay}, from the stored position")]
    public static partial void Disconnected(ILogger logger, string server, string reason, TimeSpan delay);

    [LoggerMessage(3602, LogLevel.Information, "Standing by: another instance holds the slot {Slot}")]
    public static partial void Standby(ILogger logger, string slot);

    [LoggerMessage(3603, LogLevel.Error, "The slot {Slot} cannot give what follows the stored position: {Reason}. Every table is read again; what was deleted meanwhile is void by an event of op t")]
    public static partial void SlotLost(ILogger logger, string slot, string reason);

    [LoggerMessage(3604, LogLevel.Information, "Reading {Tables} tables as of {Lsn}")]
    public static partial void SnapshotBegins(ILogger logger, int tables, string lsn);

    [LoggerMessage(3605, LogLevel.Information, "Read {Rows} rows as of {Lsn}")]
    public static partial void SnapshotEnds(ILogger logger, long rows, string lsn);

    [LoggerMessage(3606, LogLevel.Error, "Change {Id} for {Topic} can never be published and is kept as dead letter: {Reason}")]
    public static partial void Parked(ILogger logger, string topic, string id, string reason);

    [LoggerMessage(3607, LogLevel.Error, "Change {Id} for {Topic} is lost: the dead letters refused it for good: {Reason}")]
    public static partial void NotParked(ILogger logger, string topic, string id, string reason);

    [LoggerMessage(3608, LogLevel.Warning, "Outbox {Table}: an update was ignored; outbox rows are inserted and deleted only")]
    public static partial void OutboxUpdated(ILogger logger, string table);

    [LoggerMessage(3609, LogLevel.Debug, "The session ended ({End}); a part of it failed")]
    public static partial void PartFailed(ILogger logger, Exception failure, string end);

    [LoggerMessage(3610, LogLevel.Warning, "The last position of the session was not stored ({Reason}); the next one asks the topics")]
    public static partial void PositionNotStored(ILogger logger, string reason);

    [LoggerMessage(3611, LogLevel.Information, "The session before ended uncleanly after {Lsn}; the topics were asked what they hold (anything beyond: {Found})")]
    public static partial void Recovered(ILogger logger, string lsn, bool found);
}
