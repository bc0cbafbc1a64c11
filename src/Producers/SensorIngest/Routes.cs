using EventSourcing.EventBackbone;

namespace EventSourcing.SensorIngest;

/// <summary>The topics this service owns and what it promises on them.</summary>
public static class Routes
{
    /// <summary>
    /// Topic <c>sensor-readings</c>, keyed by asset id. The MQTT broker keeps what is not acknowledged, so nothing is spooled here: while
    /// the backbone is away PUBACK is withheld. The long delivery timeout lets an outage pass without reordering.
    /// </summary>
    public static readonly Route SensorReadings = new(
        new TopicDeclaration("sensor-readings", "asset id"),
        new DeliveryProfile { DeliveryTimeout = TimeSpan.FromMinutes(1) });

    /// <summary>Topic <c>assets</c>, keyed by asset id and compacted: its records are the registry.</summary>
    public static readonly Route Assets = new(
        new TopicDeclaration("assets", "asset id") { CleanupPolicy = "compact", Partitions = 3 },
        new DeliveryProfile { DeliveryTimeout = TimeSpan.FromMinutes(1) });
}
