using EventSourcing.EventBackbone;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>Keeps what can never be accepted, since an MQTT sender cannot be asked again: the message as it came, with the reason.</summary>
internal sealed class DeadLetterOffice(EventPublisher publisher, ILogger<DeadLetterOffice> logger)
{
    private static readonly Uri Source = new("/services/sensor-ingest", UriKind.Relative);

    /// <summary>Publishes a dead letter; the delivery is settled when it has its receipt, and fails when the backbone is away.</summary>
    /// <param name="delivery">The message.</param>
    /// <param name="reason">Why it can never be accepted.</param>
    /// <param name="key">The device; null when the topic names none.</param>
    /// <param name="settled">Runs once the delivery has its state.</param>
    public void Keep(MqttDelivery delivery, Rejection reason, string? key, Action<MqttDelivery> settled)
    {
        if (delivery.IsTruncated)
            reason = reason with { Detail = $"{reason.Detail} Kept are the first {delivery.Payload.Length} bytes." };
        var letter = new DeadLetter(delivery.Message.Topic, reason, delivery.Payload, delivery.Message.ContentType, key);
        publisher.Publish(
            DeadLetter.Route,
            letter.ToCloudEvent(Source),
            (Office: this, Delivery: delivery, Reason: reason, Settled: settled),
            static (receipt, state) =>
            {
                state.Office.Settle(state.Delivery, state.Reason, receipt);
                state.Settled(state.Delivery);
            },
            delivery.Message.Dup);
    }

    private void Settle(MqttDelivery delivery, Rejection reason, Receipt receipt)
    {
        if (receipt.Rejection is { Kind: not RejectionKind.Poison } transient)
        {
            delivery.Fail(transient);
            return;
        }

        delivery.Settle(DeliveryState.DeadLettered);
        if (receipt.Rejection is { } refused)
            Log.DeadLetterRefused(logger, delivery.Message.Topic, refused.Detail);
        else
            Log.DeadLettered(logger, delivery.Message.Topic, reason.Detail);
    }
}
