namespace EventSourcing.Ledger;

internal static partial class Log
{
    [LoggerMessage(1300, LogLevel.Information, "Reading topic {Topic}: {Partitions} new partitions")]
    public static partial void Reading(ILogger logger, string topic, int partitions);

    [LoggerMessage(1301, LogLevel.Warning, "No broker of {BootstrapServers} answers ({Reason}); trying again")]
    public static partial void BrokersUnreachable(ILogger logger, string bootstrapServers, string reason);

    [LoggerMessage(1302, LogLevel.Warning, "Reading {Topic} failed: {Reason}; going on")]
    public static partial void ConsumeFailed(ILogger logger, string topic, string reason);

    [LoggerMessage(1303, LogLevel.Warning, "Kafka client: {Reason}")]
    public static partial void ClientError(ILogger logger, string reason);

    [LoggerMessage(1304, LogLevel.Debug, "Kafka client {Facility}: {Message}")]
    public static partial void ClientMessage(ILogger logger, string facility, string message);

    [LoggerMessage(1305, LogLevel.Warning, "The report of {Reporter} was refused: the ledger's memory for receipts is full")]
    public static partial void ReportRefused(ILogger logger, string reporter);

    [LoggerMessage(1306, LogLevel.Error, "{Count} records that were read are on their topics no longer: a broker lost the end of its log")]
    public static partial void CutOff(ILogger logger, long count);
}
