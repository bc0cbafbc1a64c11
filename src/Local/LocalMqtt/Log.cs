namespace EventSourcing.LocalMqtt;

/// <summary>The host's log messages; EventIds 2200 to 2299.</summary>
internal static partial class Log
{
    [LoggerMessage(2200, LogLevel.Information, "MQTT listening on mqtt://127.0.0.1:{Port}")]
    public static partial void Listening(ILogger logger, int port);

    [LoggerMessage(2201, LogLevel.Warning,
        "This is the embedded MQTT host, for development without a broker. Its limits: no shared subscriptions ($share), so one subscriber "
        + "takes all; Receive Maximum and message expiry are ignored; redelivered messages do not carry DUP; sessions, queued and retained "
        + "messages are lost when it stops; at most {MaxQueued} messages wait per client. Install mosquitto, or set ConnectionStrings:mqtt, to be rid of them")]
    public static partial void Limits(ILogger logger, int maxQueued);

    [LoggerMessage(2202, LogLevel.Error, "Dropped a message for client {ClientId}: {MaxQueued} messages wait for it already")]
    public static partial void Dropped(ILogger logger, string clientId, int maxQueued);
}
