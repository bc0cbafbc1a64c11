namespace EventSourcing.PumpSimulator.Sending;

/// <summary>How a device's events reach their topic.</summary>
internal enum Way
{
    /// <summary>MQTT 5 broker, then SensorIngest.</summary>
    Mqtt,

    /// <summary>HTTP to SensorIngest.</summary>
    Http,

    /// <summary>Straight to the topic.</summary>
    Kafka,
}
