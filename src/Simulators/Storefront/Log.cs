namespace EventSourcing.Storefront;

/// <summary>Log messages of this simulator, EventIds 2100 to 2199.</summary>
internal static partial class Log
{
    [LoggerMessage(2101, LogLevel.Information, "Shoppers of run {Run} enter the shop")]
    public static partial void Started(ILogger logger, string run);

    [LoggerMessage(2102, LogLevel.Warning, "No answer to event {Number} on path {Path}: {Reason}")]
    public static partial void Unanswered(ILogger logger, string path, long number, string? reason);

    [LoggerMessage(2103, LogLevel.Error, "Event {Number} on path {Path} was refused for good: {Reason}")]
    public static partial void Rejected(ILogger logger, string path, long number, string? reason);

    [LoggerMessage(2104, LogLevel.Warning, "Stopped while {Count} events on path {Path} waited to be sent again: {Reason}")]
    public static partial void GivenUp(ILogger logger, string path, int count, string? reason);

    [LoggerMessage(2105, LogLevel.Warning, "The shop's own event {Number} was not stored: {Reason}")]
    public static partial void ShopEventNotStored(ILogger logger, long number, string reason);
}
