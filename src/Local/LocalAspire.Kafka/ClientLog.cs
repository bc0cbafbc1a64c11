using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Aspire.Confluent.Kafka;

/// <summary>Brings the client's own log lines to the application's log.</summary>
internal static partial class ClientLog
{
    public const string Category = "Aspire.Confluent.Kafka";

    public static void Write(ILogger logger, LogMessage message)
    {
        var level = Level(message.Level);
        if (logger.IsEnabled(level))
            Line(logger, level, message.Name, message.Facility, message.Message);
    }

    /// <summary>The client takes one log handler: one that the application set already stays.</summary>
    public static void Attach(ILogger logger, Action setHandler)
    {
        try
        {
            setHandler();
        }
        catch (InvalidOperationException)
        {
            HandlerTaken(logger);
        }
    }

    private static LogLevel Level(SyslogLevel level) => level switch
    {
        <= SyslogLevel.Critical => LogLevel.Critical,
        SyslogLevel.Error => LogLevel.Error,
        SyslogLevel.Warning or SyslogLevel.Notice => LogLevel.Warning,
        SyslogLevel.Info => LogLevel.Information,
        _ => LogLevel.Debug,
    };

    [LoggerMessage(EventId = 9101, Message = "{Client} {Facility}: {Text}")]
    private static partial void Line(ILogger logger, LogLevel level, string client, string facility, string text);

    [LoggerMessage(9102, LogLevel.Warning, "A log handler was set already; the client's log does not come here.")]
    private static partial void HandlerTaken(ILogger logger);
}
