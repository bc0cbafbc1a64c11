using EventSourcing.CloudEvents.Mqtt;
using EventSourcing.EventBackbone;
using EventSourcing.SensorIngest.Contracts;
using EventSourcing.SensorIngest.Intake;
using EventSourcing.SensorIngest.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>MQTT messages to events: CloudEvents (MQTT 5 binary, structured in any version) or plain JSON, reading or registration by topic.</summary>
internal sealed class MqttMessageDecoder(IOptions<MqttSourceOptions> options, EventDecoder decoder)
{
    /// <summary>User property by which a device says that it may have sent the message before, as DUP says it for the transport.</summary>
    public const string RedeliveryProperty = "redelivery";

    /// <summary>Value of <see cref="RedeliveryProperty"/>.</summary>
    public const string PossibleDuplicate = "possible-duplicate";

    /// <summary>Topics of readings.</summary>
    public TopicPattern Readings { get; } = new(options.Value.ReadingsFilter);

    /// <summary>Topics of registrations.</summary>
    public TopicPattern Assets { get; } = new(options.Value.AssetsFilter);

    /// <summary>The topic filters of a lane, as shared subscriptions (MQTT 5 §4.8.2) where there is a share name.</summary>
    public IReadOnlyList<string> FiltersOf(int lane, string? shareName) =>
        [.. Readings.FiltersOf(lane).Concat(Assets.FiltersOf(lane)).Select(filter => shareName is null ? filter : $"$share/{shareName}/{filter}")];

    /// <summary>The pattern that a topic matches and its device; null when it matches none.</summary>
    public (TopicPattern Pattern, string Device)? Match(string topic) =>
        Readings.TryMatch(topic, out var device) ? (Readings, device) :
        Assets.TryMatch(topic, out device) ? (Assets, device) :
        null;

    /// <summary>The event in a message, or why there is none.</summary>
    public DecodeResult Decode(MqttDelivery delivery, TopicPattern pattern, string device)
    {
        if (delivery.IsTruncated)
            return new DecodeResult(null, Rejection.TooLarge(delivery.PayloadLength, options.Value.MaxPayloadBytes));
        if (ContractRules.FindIdError("The topic's device id", device) is { } invalid)
            return DecodeResult.Invalid(invalid);

        var duplicate = delivery.TakeProperty(RedeliveryProperty) == PossibleDuplicate || delivery.Message.Dup;
        var isReading = ReferenceEquals(pattern, Readings);
        try
        {
            if (delivery.Message.IsCloudEvent())
            {
                var type = isReading ? EventTypes.SensorReading : EventTypes.AssetRegistered;
                return EventDecoder.DecodeCloudEvent(delivery.Message.ToCloudEvent(), type, device, duplicate);
            }
        }
        catch (ArgumentException malformed)
        {
            return DecodeResult.Invalid(malformed.Message);
        }

        return isReading
            ? decoder.DecodePlainReading(delivery.Payload, device, duplicate)
            : decoder.DecodePlainAsset(delivery.Payload, device, duplicate);
    }
}
