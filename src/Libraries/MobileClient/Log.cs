using Microsoft.Extensions.Logging;

namespace EventSourcing.MobileClient;

/// <summary>Log messages of this library, EventIds 2800 to 2899.</summary>
internal static partial class Log
{
    [LoggerMessage(2800, LogLevel.Information, "{Source}: nothing is taken now ({Reason}); {Waiting} events wait, next attempt in {Delay}")]
    public static partial void Waiting(ILogger logger, string source, string reason, long waiting, TimeSpan delay);

    [LoggerMessage(2801, LogLevel.Warning, "{Source}: event {Number} was refused for good: {Type} {Detail}")]
    public static partial void Refused(ILogger logger, string source, long number, string? type, string? detail);

    [LoggerMessage(2802, LogLevel.Error, "{Source}: the app's callback failed for event {Number}; it is called again with the next answer")]
    public static partial void CallbackFailed(ILogger logger, string source, long number, Exception failure);
}
