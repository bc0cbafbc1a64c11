using EventSourcing.EventBackbone;
using EventSourcing.SensorIngest.Intake;
using EventSourcing.SensorIngest.Telemetry;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>Hands deliveries to the intake and turns receipts into what is to be done with the message. Stateless; never blocks.</summary>
internal sealed class MqttDeliveryProcessor(
    MqttMessageDecoder decoder, SensorIntake intake, DeadLetterOffice deadLetters, SensorIngestTelemetry telemetry,
    ILogger<MqttDeliveryProcessor> logger)
{
    /// <summary>Decodes and hands over one delivery; its outcome comes through <see cref="Complete"/>.</summary>
    public void Process(MqttDelivery delivery, string clientId)
    {
        if (decoder.Match(delivery.Message.Topic) is not var (pattern, device))
        {
            Log.UnexpectedTopic(logger, delivery.Message.Topic);
            delivery.Complete(Receipt.Rejected(Routes.SensorReadings.Name, Rejection.Invalid("The topic matches no filter of this service.")));
            return;
        }

        telemetry.Consumed(pattern.Filter);
        using var span = telemetry.StartProcess(pattern.Filter, delivery.Message.Topic, delivery.Property("traceparent"), clientId);
        var decoded = decoder.Decode(delivery, pattern, device);
        if (decoded.Event is { } incoming)
            intake.Accept(incoming, delivery, mayWait: true);
        else
            delivery.Complete(Receipt.Rejected(Routes.SensorReadings.Name, decoded.Rejection!));
    }

    /// <summary>Settles or fails a delivery by its receipt; poison is settled once it is kept as a dead letter.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="receipt">Its receipt.</param>
    /// <param name="settled">Runs once the delivery has its state.</param>
    public void Complete(MqttDelivery delivery, Receipt receipt, Action<MqttDelivery> settled)
    {
        switch (receipt.Rejection)
        {
            case { Kind: RejectionKind.Poison } poison:
                deadLetters.Keep(delivery, poison, decoder.Match(delivery.Message.Topic)?.Device, settled);
                return;
            case { } transient:
                if (!delivery.IsAcknowledged)
                    Log.QosZeroLost(logger, delivery.Message.Topic, transient.Detail);
                delivery.Fail(transient);
                break;
            default:
                delivery.Settle(DeliveryState.Accepted);
                break;
        }

        settled(delivery);
    }
}
