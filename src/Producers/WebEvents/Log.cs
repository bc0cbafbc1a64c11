namespace EventSourcing.WebEvents;

/// <summary>Log messages of this service, EventIds 1100 to 1199.</summary>
internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Warning, "Lost {Count} dead letters from {Origin}: the dead-letter route refused them ({Type}: {Detail})")]
    public static partial void DeadLettersLost(ILogger logger, int count, string origin, string type, string detail);

    [LoggerMessage(1102, LogLevel.Debug, "Stopped reading a stream before its end; {Events} events were read")]
    public static partial void StreamStopped(ILogger logger, long events);
}
