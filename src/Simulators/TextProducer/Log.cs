using Microsoft.Extensions.Logging;

namespace EventSourcing.TextProducer;

internal static partial class Log
{
    [LoggerMessage(1400, LogLevel.Warning, "Topic {Topic} cannot be created yet: {Reason}; trying again")]
    public static partial void TopicNotCreated(ILogger logger, string topic, string reason);

    [LoggerMessage(1401, LogLevel.Warning, "Line {Sequence} was not stored: {Reason}")]
    public static partial void NotStored(ILogger logger, long sequence, string reason);

    [LoggerMessage(1402, LogLevel.Warning, "{Lines} lines got no answer within {Timeout} of the stop")]
    public static partial void Unanswered(ILogger logger, int lines, TimeSpan timeout);
}
