using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.MobileBff.Telemetry;

namespace EventSourcing.MobileBff.Intake;

/// <summary>Checks an event and makes it ready for its topic: clock, schema, key.</summary>
internal sealed class EventPreparation(EventCheck check, ClientTime clientTime, MobileBffTelemetry telemetry)
{
    /// <summary>Returns why the event is refused, and then leaves it as it came; null when it is ready.</summary>
    public Rejection? Prepare(CloudEvent cloudEvent, BatchOrigin origin)
    {
        if (check.Find(cloudEvent, out var contract) is { } refusal)
            return refusal;
        if (cloudEvent.Subject != origin.Installation)
            return MobileRefusals.Foreign(cloudEvent.Subject, origin.Installation);

        ClientTime.TryReadSent(cloudEvent, out var sent);
        if (sent is null && origin.Sent is { } batchSent)
        {
            sent = batchSent;
            cloudEvent[SentTime] = batchSent;
        }

        var lag = clientTime.Correct(cloudEvent, sent, origin.Received);
        if (lag != TimeSpan.Zero)
            telemetry.ClockCorrected(lag);
        cloudEvent.DataContentType ??= JsonData.ContentType;
        cloudEvent.DataSchema = contract!.SchemaUri;
        cloudEvent[EventAttributes.PartitionKey] = origin.Installation;
        cloudEvent[EventAttributes.RecordedTime] = origin.Received;
        return null;
    }

    private static readonly CloudEventAttribute SentTime = CloudEventAttribute.CreateExtension(ClientTime.SentTime, CloudEventAttributeType.Timestamp);
}

/// <summary>Where a batch came from.</summary>
/// <param name="Installation">Whose device token it came with.</param>
/// <param name="Received">When it came.</param>
/// <param name="Sent">What the phone's clock showed when it was sent; null when it did not say.</param>
internal sealed record BatchOrigin(string Installation, DateTimeOffset Received, DateTimeOffset? Sent);
