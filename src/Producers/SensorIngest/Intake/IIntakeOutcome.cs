using EventSourcing.EventBackbone;

namespace EventSourcing.SensorIngest.Intake;

/// <summary>Who waits for what becomes of one event: an MQTT delivery, a place in an HTTP answer.</summary>
internal interface IIntakeOutcome
{
    /// <summary>Runs once, on any thread, and must not block.</summary>
    void Complete(Receipt receipt);
}
