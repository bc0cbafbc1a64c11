using EventSourcing.EventBackbone;

namespace EventSourcing.MqAdapter.Intake;

/// <summary>Keeps what can never be accepted: the message's body as it came, where it came from, and the reason.</summary>
internal sealed class DeadLetters(EventPublisher publisher, ILogger<DeadLetters> logger)
{
    private const int LongestPayload = 1_000_000;
    private static readonly Uri Source = new("/services/mq-adapter", UriKind.Relative);

    /// <summary>Publishes a dead letter; then the delivery is rejected, or released when the dead letters refuse it for now.</summary>
    public void Keep(MqDelivery delivery, Rejection reason)
    {
        var body = delivery.Body ?? [];
        var kept = reason;
        if (body.Length > LongestPayload)
            kept = reason with { Detail = $"{reason.Detail} Kept are the first {LongestPayload} bytes." };
        var letter = new DeadLetter(
            $"amqp:{delivery.Queue.Options.Name}/{delivery.Id}", kept, body.AsMemory(0, Math.Min(body.Length, LongestPayload)),
            delivery.Message.Properties?.ContentType?.ToString(), MessageText.CorrelationId(delivery.Message) ?? delivery.Message.Properties?.GroupId);
        publisher.Publish(
            DeadLetter.Route,
            letter.ToCloudEvent(Source),
            (Office: this, Delivery: delivery, Reason: reason),
            static (receipt, state) => state.Office.Settle(state.Delivery, state.Reason, receipt),
            delivery.IsPossibleDuplicate);
    }

    private void Settle(MqDelivery delivery, Rejection reason, Receipt receipt)
    {
        if (receipt.Rejection is { Kind: not RejectionKind.Poison } transient)
        {
            delivery.Settle(SettleAs.Released, transient);
            return;
        }

        if (receipt.Rejection is { } refused)
            Log.DeadLetterRefused(logger, delivery.Queue.Options.Name, delivery.Id, refused.Detail);
        else
            Log.DeadLettered(logger, delivery.Queue.Options.Name, delivery.Id, reason.Detail);
        delivery.Settle(SettleAs.Rejected, reason);
    }
}
