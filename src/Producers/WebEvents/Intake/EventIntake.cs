using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.WebEvents.Telemetry;

namespace EventSourcing.WebEvents.Intake;

/// <summary>The one way of an event through this service, whichever protocol brought it: check, correct, enrich, publish.</summary>
internal sealed class EventIntake(EventPublisher publisher, EventCheck check, ClientTime clientTime, WebEventsTelemetry telemetry)
{
    /// <summary>Starts a batch of events that came together.</summary>
    /// <param name="path">The way they came: <see cref="IngressPath"/>.</param>
    /// <param name="received">When they came.</param>
    /// <param name="capacity">Events expected.</param>
    public IntakeBatch CreateBatch(IngressPath path, DateTimeOffset received, int capacity) =>
        new(this, publisher, telemetry, path, received, capacity);

    /// <summary>Makes the event ready for its topic; returns why it is refused instead, and then leaves it as it came.</summary>
    public Rejection? Prepare(CloudEvent cloudEvent, DateTimeOffset received)
    {
        if (check.Find(cloudEvent, out var contract) is { } refusal)
            return refusal;

        ClientTime.TryReadSent(cloudEvent, out var sent);
        var lag = clientTime.Correct(cloudEvent, sent, received);
        if (lag != TimeSpan.Zero)
            telemetry.ClockCorrected(lag);
        cloudEvent.DataContentType ??= JsonData.ContentType;
        cloudEvent.DataSchema = contract!.SchemaUri;
        cloudEvent[EventAttributes.PartitionKey] = cloudEvent.Subject;
        cloudEvent[EventAttributes.RecordedTime] = received;
        return null;
    }
}
