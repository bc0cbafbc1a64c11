namespace EventSourcing.SensorIngest;

/// <summary>This service's log messages; EventIds 1200 to 1299.</summary>
internal static partial class Log
{
    [LoggerMessage(1200, LogLevel.Information, "Subscribed to {Filters} at {Broker} as {ClientId} (session present: {SessionPresent})")]
    public static partial void Subscribed(ILogger logger, string filters, string broker, string clientId, bool sessionPresent);

    [LoggerMessage(1201, LogLevel.Warning, "MQTT connection of {ClientId} to {Broker} ended: {Reason}; unacknowledged messages come again, next attempt in {Delay}")]
    public static partial void Disconnected(ILogger logger, string broker, string clientId, string reason, TimeSpan delay);

    [LoggerMessage(1202, LogLevel.Information, "Took lane {Lane} as {ClientId}")]
    public static partial void LaneTaken(ILogger logger, int lane, string clientId);

    [LoggerMessage(1203, LogLevel.Error,
        "Another MQTT client has taken over the session {ClientId}: let Mqtt:OnlyLanes name different lanes on every machine")]
    public static partial void SessionTakenOver(ILogger logger, string clientId);

    [LoggerMessage(1205, LogLevel.Warning, "Dead-lettered a message of {Topic}: {Reason}")]
    public static partial void DeadLettered(ILogger logger, string topic, string reason);

    [LoggerMessage(1206, LogLevel.Error, "A message of {Topic} could not be dead-lettered and is given up: {Reason}")]
    public static partial void DeadLetterRefused(ILogger logger, string topic, string reason);

    [LoggerMessage(1207, LogLevel.Error, "The MQTT broker sent a message on {Topic}, which matches no filter of this service; it is dead-lettered")]
    public static partial void UnexpectedTopic(ILogger logger, string topic);

    [LoggerMessage(1208, LogLevel.Warning, "A QoS 0 message of {Topic} was lost: {Reason}. Publish with QoS 1")]
    public static partial void QosZeroLost(ILogger logger, string topic, string reason);

    [LoggerMessage(1220, LogLevel.Error, "The registry is full at {MaxDevices} devices: further ones stay unknown. Raise Registry:MaxDevices")]
    public static partial void RegistryFull(ILogger logger, int maxDevices);

    [LoggerMessage(1221, LogLevel.Warning, "The registry waits for topic {Topic}: {Reason}")]
    public static partial void RegistryWaits(ILogger logger, string topic, string reason);

    [LoggerMessage(1222, LogLevel.Warning, "Reading the registry's topic failed and goes on: {Reason}")]
    public static partial void RegistryReadFailed(ILogger logger, string reason);

    [LoggerMessage(1223, LogLevel.Warning, "The record at {Position} is no registration and is left out: {Reason}")]
    public static partial void RegistrationUnreadable(ILogger logger, string position, string reason);

    [LoggerMessage(1224, LogLevel.Warning, "Unknown devices are not judged: the registry cannot be proven current ({Reason})")]
    public static partial void RegistryUnproven(ILogger logger, string reason);

    [LoggerMessage(1225, LogLevel.Debug, "Kafka client of the registry: {Message}")]
    public static partial void KafkaClient(ILogger logger, string message);
}
