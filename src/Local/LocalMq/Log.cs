namespace EventSourcing.LocalMq;

/// <summary>The broker's log messages; EventIds 2500 to 2599.</summary>
internal static partial class Log
{
    [LoggerMessage(2500, LogLevel.Information, "AMQP listening on {Address}, data in {Folder}")]
    public static partial void Listening(ILogger logger, string address, string folder);

    [LoggerMessage(2501, LogLevel.Warning,
        "This is the embedded AMQP 1.0 queue, for development without a broker. Its limits: loopback only, no user names, no TLS, no transactions, "
        + "no topics, selectors, expiry or priorities, one node, at most {MaxBytes} bytes of messages. Set ConnectionStrings:mq to use another broker")]
    public static partial void Limits(ILogger logger, long maxBytes);

    [LoggerMessage(2502, LogLevel.Information, "Recovered {Messages} messages in {Queues} queues; after a stop that was not clean: {Unclean}")]
    public static partial void Recovered(ILogger logger, long messages, int queues, bool unclean);

    [LoggerMessage(2503, LogLevel.Warning, "Full at {MaxBytes} bytes: senders get no credit until messages are taken")]
    public static partial void Full(ILogger logger, long maxBytes);

    [LoggerMessage(2504, LogLevel.Warning, "A message of {Queue} was rejected ({Reason}) and is kept in {DeadLetterQueue}")]
    public static partial void DeadLettered(ILogger logger, string queue, string reason, string deadLetterQueue);

    [LoggerMessage(2505, LogLevel.Error, "The messages cannot be written: {Reason}. Senders are refused; writing is tried again every second")]
    public static partial void NotWritable(ILogger logger, string reason);

    [LoggerMessage(2506, LogLevel.Warning, "The messages can be written again")]
    public static partial void Writable(ILogger logger);

    [LoggerMessage(2507, LogLevel.Warning, "A message rejected from the dead-letter queue {Queue} is discarded: {Reason}")]
    public static partial void Discarded(ILogger logger, string queue, string reason);

    [LoggerMessage(2508, LogLevel.Debug, "Link {Link} of queue {Queue} ended; {Unsettled} messages go back in order")]
    public static partial void ConsumerGone(ILogger logger, string link, string queue, int unsettled);

    [LoggerMessage(2509, LogLevel.Error, "Message {Id} of {Queue} cannot be read and is left out until the next start: {Reason}")]
    public static partial void NotReadable(ILogger logger, long id, string queue, string reason);
}
