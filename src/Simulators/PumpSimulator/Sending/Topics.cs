using EventSourcing.PumpSimulator.Events;

namespace EventSourcing.PumpSimulator.Sending;

/// <summary>Kafka topics by kind of event; receipts are booked under these names whatever the way.</summary>
internal sealed record Topics(string Readings = "sensor-readings", string Assets = "assets")
{
    /// <summary>The topic of a kind.</summary>
    public string Of(PumpEventKind kind) => kind == PumpEventKind.Reading ? Readings : Assets;
}
