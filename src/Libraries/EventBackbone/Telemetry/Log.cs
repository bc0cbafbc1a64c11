using Microsoft.Extensions.Logging;

namespace EventSourcing.EventBackbone.Telemetry;

/// <summary>EventIds 1000 to 1099.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Debug, "{Client} {Facility}: {Message}")]
    public static partial void Client(ILogger logger, string client, string facility, string message);

    [LoggerMessage(1001, LogLevel.Warning, "The backbone is unreachable: {Reason}")]
    public static partial void Unreachable(ILogger logger, string reason);

    [LoggerMessage(1002, LogLevel.Warning, "The backbone is reachable again after {Seconds:F1} s")]
    public static partial void Reachable(ILogger logger, double seconds);

    [LoggerMessage(1003, LogLevel.Error, "The Kafka producer failed for good and was replaced: {Reason}")]
    public static partial void ProducerReplaced(ILogger logger, string reason);

    [LoggerMessage(1004, LogLevel.Warning, "Route {Route} spools: {Reason}")]
    public static partial void Spooling(ILogger logger, string route, string reason);

    [LoggerMessage(1005, LogLevel.Warning, "Route {Route} has caught up with its spool and publishes directly again")]
    public static partial void CaughtUp(ILogger logger, string route);

    [LoggerMessage(1006, LogLevel.Error, "The callback of an event on route {Route} threw; its receipt is not affected")]
    public static partial void CallbackFailed(ILogger logger, string route, Exception exception);

    [LoggerMessage(1007, LogLevel.Error, "Kafka refuses events of route {Route}: {Reason}")]
    public static partial void Refused(ILogger logger, string route, string reason);

    [LoggerMessage(1008, LogLevel.Error, "Route {Route} lost {Count} events that were receipted as queued: {Reason}")]
    public static partial void Dropped(ILogger logger, string route, long count, string reason);

    [LoggerMessage(1009, LogLevel.Error, "{Count} records of the Kafka producer that was replaced were never reported on")]
    public static partial void Unreported(ILogger logger, int count);

    [LoggerMessage(1010, LogLevel.Debug, "Created topic {Topic} with {Partitions} partitions")]
    public static partial void TopicCreated(ILogger logger, string topic, int partitions);

    [LoggerMessage(1011, LogLevel.Warning, "Topic {Topic} has {Actual} partitions, declared are {Declared}; it is left as it is")]
    public static partial void TopicDiffers(ILogger logger, string topic, int actual, int declared);

    [LoggerMessage(1012, LogLevel.Warning, "Topics are not created yet, the backbone does not answer ({Reason}); trying again in the background")]
    public static partial void TopicsPending(ILogger logger, string reason);

    [LoggerMessage(1013, LogLevel.Error, "Topic {Topic} cannot be created: {Reason}; create it by hand or set Backbone:CreateTopics=false")]
    public static partial void TopicFailed(ILogger logger, string topic, string reason);

    [LoggerMessage(1014, LogLevel.Error, "Another instance took over the transactional id {TransactionalId}: this one refuses from now on. Give every replica a Backbone:InstanceId of its own, then start this one again")]
    public static partial void Fenced(ILogger logger, string transactionalId);

    [LoggerMessage(1015, LogLevel.Warning, "A transaction of {TransactionalId} was not committed and is tried again: {Reason}")]
    public static partial void TransactionFailed(ILogger logger, string transactionalId, string reason);

    [LoggerMessage(1020, LogLevel.Debug, "Consumer group {Group}: {Reason}")]
    public static partial void ConsumerError(ILogger logger, string group, string reason);

    [LoggerMessage(1021, LogLevel.Warning, "Consumer group {Group} cannot read for now: {Reason}")]
    public static partial void ConsumeFailed(ILogger logger, string group, string reason);

    [LoggerMessage(1022, LogLevel.Debug, "Paused {Topic} partition {Partition}: inbox full at {Capacity} records")]
    public static partial void Paused(ILogger logger, string topic, int partition, int capacity);

    [LoggerMessage(1023, LogLevel.Debug, "The offset of {Topic} partition {Partition} was not stored: the partition was revoked")]
    public static partial void OffsetNotStored(ILogger logger, string topic, int partition);

    [LoggerMessage(1024, LogLevel.Warning, "The handler of consumer group {Group} threw (attempt {Attempt}); trying again in {Seconds:F1} s")]
    public static partial void HandlerRetry(ILogger logger, string group, int attempt, double seconds, Exception? exception);

    [LoggerMessage(1030, LogLevel.Warning, "Route {Route} found {Count} events ({Bytes} bytes) in its spool; they go first")]
    public static partial void Recovered(ILogger logger, string route, long count, long bytes);

    [LoggerMessage(1031, LogLevel.Error, "The spool cannot be written (SQLite {Code}: {Reason}); events that need it are refused, nothing receipted is lost")]
    public static partial void SpoolNotWritable(ILogger logger, int code, string reason);

    [LoggerMessage(1032, LogLevel.Warning, "The spool can be written again")]
    public static partial void SpoolWritable(ILogger logger);
}
