using CloudNative.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.MqAdapter.Options;
using EventSourcing.MqAdapter.Telemetry;
using Microsoft.Extensions.Options;

namespace EventSourcing.MqAdapter.Intake;

/// <summary>Takes messages: decodes all of one, publishes its events, decides when every receipt is there. Never blocks, never throws for what a message holds.</summary>
internal sealed class MessageIntake(
    EventPublisher publisher, EventFactory factory, DeadLetters deadLetters, DuplicateWindow window, IOptions<MqOptions> options,
    MqAdapterTelemetry telemetry, ILogger<MessageIntake> logger)
{
    /// <summary>URN of messages that cannot be decoded.</summary>
    public const string UndecodableType = "urn:eventsourcing:undecodable-message";

    /// <summary>Takes one message; it is settled later, through <see cref="MqDelivery.Settle"/>.</summary>
    public void Take(MqDelivery delivery)
    {
        var queue = delivery.Queue.Options.Name;
        telemetry.Consumed(queue);
        using var span = telemetry.StartProcess(queue, MessageText.Property(delivery.Message, "traceparent"), delivery.Id);
        if (IsStoredAlready(delivery, queue))
        {
            telemetry.Duplicate();
            delivery.Settle(SettleAs.Accepted);
            return;
        }

        if (Decode(delivery, out var error) is { } events)
            Publish(delivery, events);
        else
            deadLetters.Keep(delivery, new Rejection(RejectionKind.Poison, UndecodableType, error!));
    }

    // Two messages without an id may be alike and yet two, so a digest never makes one of them go away: the broker's word alone marks it.
    private bool IsStoredAlready(MqDelivery delivery, string queue)
    {
        if (!delivery.HasId)
            return false;
        var sighting = window.See((queue, delivery.Id));
        delivery.IsPossibleDuplicate |= sighting != Sighting.First;
        return sighting == Sighting.Stored && delivery.IsRedelivered;
    }

    private List<CloudEvent>? Decode(MqDelivery delivery, out string? error)
    {
        error = FindError(delivery);
        if (error is not null || delivery.Queue.Decoder.Decode(delivery.Body, delivery.IsString, out error) is not { } records)
            return null;
        try
        {
            return factory.Create(delivery, records);
        }
        catch (ArgumentException impossible)
        {
            error = impossible.Message;
            return null;
        }
    }

    private string? FindError(MqDelivery delivery) =>
        delivery.Body is not { } body ? "The body is neither bytes nor a string."
        : body.Length > options.Value.MaxMessageBytes ? $"The body has {body.Length} bytes; the limit is {options.Value.MaxMessageBytes} (Mq:MaxMessageBytes)."
        : delivery.Message.Properties?.ContentEncoding is { } encoding && encoding.ToString() is { Length: > 0 } name && name != "identity"
            ? $"The body has the content encoding {name}, which is not taken here."
        : null;

    private void Publish(MqDelivery delivery, List<CloudEvent> events)
    {
        delivery.Expect(events.Count, Completed);
        foreach (var cloudEvent in events)
        {
            publisher.Publish(
                Routes.StoreSales, cloudEvent, (Intake: this, Delivery: delivery),
                static (receipt, state) => state.Intake.Receipted(state.Delivery, receipt), delivery.IsPossibleDuplicate);
        }
    }

    private void Receipted(MqDelivery delivery, Receipt receipt)
    {
        telemetry.Receipted(receipt);
        delivery.Complete(receipt);
    }

    private void Completed(MqDelivery delivery, Rejection? worst)
    {
        switch (worst)
        {
            case null:
                if (delivery.HasId)
                    window.Stored((delivery.Queue.Options.Name, delivery.Id));
                delivery.Settle(SettleAs.Accepted);
                break;
            case { Kind: RejectionKind.Poison }:
                if (delivery.IsPartlyStored)
                    Log.PartlyStored(logger, delivery.Queue.Options.Name, delivery.Id, worst.Detail);
                deadLetters.Keep(delivery, worst);
                break;
            default:
                delivery.Settle(SettleAs.Released, worst);
                break;
        }
    }
}
