using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.SensorIngest.Contracts;

namespace EventSourcing.SensorIngest.Intake;

/// <summary>Bytes and envelopes from devices to valid events; every refusal says what is wrong. No protocol, no state.</summary>
internal sealed class EventDecoder(TimeProvider time)
{
    private const int MaxIdLength = 128;
    private const int SequenceDigits = 12;

    /// <summary>A reading in plain JSON, as a device sends that knows no CloudEvents.</summary>
    /// <param name="payload">UTF-8 JSON of a <see cref="PlainReading"/>.</param>
    /// <param name="topicDevice">The device that the topic names; null when there is no topic (HTTP).</param>
    /// <param name="possibleDuplicate">The sender may have sent it before.</param>
    public DecodeResult DecodePlainReading(ReadOnlySpan<byte> payload, string? topicDevice, bool possibleDuplicate)
    {
        if (!TryParse(payload, SensorJson.Default.PlainReading, out var plain, out var error))
            return new DecodeResult(null, error);
        if ((plain.DeviceId ?? topicDevice) is not { } device)
            return DecodeResult.Invalid("deviceId is missing.");
        if (FindDeviceError(topicDevice, device) is { } mismatch)
            return DecodeResult.Invalid(mismatch);
        if (plain.Id is { Length: 0 or > MaxIdLength })
            return DecodeResult.Invalid($"id has {plain.Id.Length} characters; it must have 1 to {MaxIdLength}.");

        var reading = plain.ToReading(device);
        if (ContractRules.FindError(reading) is { } invalid)
            return DecodeResult.Invalid(invalid);
        return NewEvent(EventTypes.SensorReading, device, plain.Id, plain.Time) is { } envelope
            ? new IncomingEvent(envelope, device, reading, null, possibleDuplicate)
            : DecodeResult.Invalid("id has a character that a CloudEvents attribute cannot hold.");
    }

    /// <summary>A registration in plain JSON.</summary>
    /// <inheritdoc cref="DecodePlainReading" path="/param"/>
    public DecodeResult DecodePlainAsset(ReadOnlySpan<byte> payload, string? topicDevice, bool possibleDuplicate)
    {
        if (!TryParse(payload, SensorJson.Default.AssetRegistered, out var asset, out var error))
            return new DecodeResult(null, error);
        asset = asset with { DeviceId = asset.DeviceId ?? topicDevice ?? asset.AssetId };
        return FindError(asset, topicDevice) is { } invalid
            ? DecodeResult.Invalid(invalid)
            : new IncomingEvent(NewEvent(EventTypes.AssetRegistered, asset.DeviceId, null, null)!, asset.DeviceId, null, asset, possibleDuplicate);
    }

    /// <summary>A CloudEvent of the expected type.</summary>
    /// <param name="envelope">The event as the binding read it.</param>
    /// <param name="expectedType"><see cref="EventTypes.SensorReading"/> or <see cref="EventTypes.AssetRegistered"/>.</param>
    /// <param name="topicDevice">The device that the topic names; null when there is no topic (HTTP).</param>
    /// <param name="possibleDuplicate">The sender may have sent it before.</param>
    public static DecodeResult DecodeCloudEvent(CloudEvent envelope, string expectedType, string? topicDevice, bool possibleDuplicate)
    {
        if (FindEnvelopeError(envelope, expectedType) is { } wrong)
            return DecodeResult.Invalid(wrong);
        var data = envelope.GetDataBytes();
        if (data is not { Length: > 0 } bytes)
            return DecodeResult.Invalid("The event has no data.");

        return expectedType == EventTypes.SensorReading
            ? DecodeReading(envelope, bytes.Span, topicDevice, possibleDuplicate)
            : DecodeAsset(envelope, bytes.Span, topicDevice, possibleDuplicate);
    }

    private static DecodeResult DecodeReading(CloudEvent envelope, ReadOnlySpan<byte> data, string? topicDevice, bool possibleDuplicate)
    {
        if (!TryParse(data, SensorJson.Default.SensorReading, out var reading, out var error))
            return new DecodeResult(null, error);
        return (ContractRules.FindError(reading) ?? FindDeviceError(topicDevice, reading.DeviceId)) is { } invalid
            ? DecodeResult.Invalid(invalid)
            : new IncomingEvent(envelope, reading.DeviceId, reading, null, possibleDuplicate);
    }

    private static DecodeResult DecodeAsset(CloudEvent envelope, ReadOnlySpan<byte> data, string? topicDevice, bool possibleDuplicate)
    {
        if (!TryParse(data, SensorJson.Default.AssetRegistered, out var asset, out var error))
            return new DecodeResult(null, error);
        asset = asset with { DeviceId = asset.DeviceId ?? topicDevice ?? asset.AssetId };
        return FindError(asset, topicDevice) is { } invalid
            ? DecodeResult.Invalid(invalid)
            : new IncomingEvent(envelope, asset.DeviceId, null, asset, possibleDuplicate);
    }

    private static string? FindError(AssetRegistered asset, string? topicDevice) =>
        ContractRules.FindError(asset) ?? FindDeviceError(topicDevice, asset.DeviceId!);

    private static string? FindDeviceError(string? topicDevice, string device) =>
        topicDevice is null || string.Equals(topicDevice, device, StringComparison.Ordinal)
            ? null
            : $"deviceId is '{device}', but the topic is of device '{topicDevice}'.";

    private static string? FindEnvelopeError(CloudEvent envelope, string expectedType)
    {
        if (!string.Equals(envelope.Type, expectedType, StringComparison.Ordinal))
            return $"type is '{envelope.Type}'; here it must be '{expectedType}'.";
        if (envelope.DataContentType is { } contentType && !IsJson(contentType))
            return $"datacontenttype is '{contentType}'; it must be application/json.";
        return envelope[EventAttributes.Sequence.Name] is { } sequence && !IsSequence(sequence)
            ? $"sequence is '{sequence}'; it must be {SequenceDigits} digits."
            : null;
    }

    private static bool IsJson(string contentType) =>
        contentType.AsSpan().TrimStart().StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == "application/json".Length || contentType.AsSpan("application/json".Length).TrimStart() is [';', ..]);

    private static bool IsSequence(object sequence) =>
        sequence is string { Length: SequenceDigits } digits && digits.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    private CloudEvent? NewEvent(string type, string device, string? id, DateTimeOffset? measured)
    {
        try
        {
            return new CloudEvent(CloudEventsSpecVersion.V1_0, EventAttributes.All)
            {
                Id = id ?? Guid.CreateVersion7(time.GetUtcNow()).ToString(),
                Source = new Uri($"/devices/{device}", UriKind.Relative),
                Type = type,
                Time = measured ?? time.GetUtcNow(),
            };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool TryParse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> contract, out T value, out Rejection error)
        where T : class
    {
        (value, error) = (null!, Rejection.Invalid("The payload is JSON null."));
        try
        {
            value = JsonSerializer.Deserialize(json, contract)!;
        }
        catch (JsonException wrong)
        {
            error = JsonPayload.FindError(json) ?? Rejection.Invalid(wrong.Message.Replace(typeof(T).FullName!, typeof(T).Name, StringComparison.Ordinal));
        }

        return value is not null;
    }
}
