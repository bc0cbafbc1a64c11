namespace EventSourcing.SensorIngest.Contracts;

/// <summary>CloudEvents types this service takes and produces.</summary>
public static class EventTypes
{
    /// <summary>Data: <see cref="SensorReading"/>.</summary>
    public const string SensorReading = "io.eventsourcing.sensor.reading.v1";

    /// <summary>Data: <see cref="AssetRegistered"/>.</summary>
    public const string AssetRegistered = "io.eventsourcing.asset.registered.v1";
}
