namespace EventSourcing.LocalMqtt;

/// <summary>The host's log messages; EventIds 1290 to 1299.</summary>
internal static partial class Log
{
    [LoggerMessage(1290, LogLevel.Information, "MQTT listening on mqtt://127.0.0.1:{Port}")]
    public static partial void Listening(ILogger logger, int port);

    [LoggerMessage(1291, LogLevel.Warning,
        "This is the embedded MQTT host, for development without a broker. Its limits: no shared subscriptions ($share), so one subscriber "
        + "takes all; Receive Maximum and message expiry are ignored; redelivered messages do not carry DUP; sessions, queued and retained "
        + "messages are lost when it stops; at most {MaxQueued} messages wait per client. Install mosquitto, or set ConnectionStrings:mqtt, to be rid of them")]
    public static partial void Limits(ILogger logger, int maxQueued);

    [LoggerMessage(1292, LogLevel.Error, "Dropped a message for client {ClientId}: {MaxQueued} messages wait for it already")]
    public static partial void Dropped(ILogger logger, string clientId, int maxQueued);
}
