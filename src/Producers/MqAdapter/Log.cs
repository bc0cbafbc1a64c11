namespace EventSourcing.MqAdapter;

/// <summary>This service's log messages; EventIds 1700 to 1799.</summary>
internal static partial class Log
{
    [LoggerMessage(1700, LogLevel.Information, "Receiving from {Queues} at {Broker}")]
    public static partial void Receiving(ILogger logger, string queues, string broker);

    [LoggerMessage(1701, LogLevel.Warning, "AMQP connection to {Broker} ended: {Reason}; unsettled messages come again, next attempt in {Delay}")]
    public static partial void Disconnected(ILogger logger, string broker, string reason, TimeSpan delay);

    [LoggerMessage(1702, LogLevel.Warning, "Dead-lettered message {MessageId} of queue {Queue}: {Reason}")]
    public static partial void DeadLettered(ILogger logger, string queue, string messageId, string reason);

    [LoggerMessage(1703, LogLevel.Error, "Message {MessageId} of queue {Queue} could not be dead-lettered and is left to the queue's own dead letters: {Reason}")]
    public static partial void DeadLetterRefused(ILogger logger, string queue, string messageId, string reason);

    [LoggerMessage(1704, LogLevel.Error, "Message {MessageId} of queue {Queue} is rejected although some of its events are stored: {Reason}")]
    public static partial void PartlyStored(ILogger logger, string queue, string messageId, string reason);
}
