namespace EventSourcing.SensorIngest.Contracts;

/// <summary>
/// A reading as a device sends it that knows no CloudEvents: the figures, and what the envelope needs when the device can say it.
/// </summary>
public sealed record PlainReading : IMeasured
{
    /// <summary>The device. Over MQTT it may be absent (the topic names it) and must agree with the topic; over HTTP it is required.</summary>
    public string? DeviceId { get; init; }

    /// <summary>
    /// The reading's own id, unique per device, 1 to 128 characters. Without it the gateway makes one, and a reading sent twice is two
    /// readings: only a device that names its readings can have a retry recognised.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>When it was measured, by the device's clock; absent: when the gateway took it.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <inheritdoc/>
    public decimal? Pressure { get; init; }

    /// <inheritdoc/>
    public decimal? Temperature { get; init; }

    /// <inheritdoc/>
    public decimal? Frequency { get; init; }

    /// <inheritdoc/>
    public decimal? Current { get; init; }

    /// <inheritdoc/>
    public decimal? FlowRate { get; init; }

    /// <inheritdoc/>
    public decimal? Rotation { get; init; }

    /// <summary>The reading without the envelope's parts.</summary>
    public SensorReading ToReading(string deviceId) => new()
    {
        DeviceId = deviceId,
        Pressure = Pressure,
        Temperature = Temperature,
        Frequency = Frequency,
        Current = Current,
        FlowRate = FlowRate,
        Rotation = Rotation,
    };
}
