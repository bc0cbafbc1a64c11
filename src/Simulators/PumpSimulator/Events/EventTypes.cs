namespace EventSourcing.PumpSimulator.Events;

/// <summary>CloudEvents types of a pump's events.</summary>
internal static class EventTypes
{
    public const string SensorReading = "io.eventsourcing.sensor.reading.v1";
    public const string AssetRegistered = "io.eventsourcing.asset.registered.v1";
}
