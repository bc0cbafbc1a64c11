using Microsoft.Extensions.Logging;

namespace EventSourcing.TextConsumer;

internal static partial class Log
{
    [LoggerMessage(1500, LogLevel.Warning, "Reading {Topic} failed: {Reason}; going on")]
    public static partial void ConsumeFailed(ILogger logger, string topic, string reason);
}
