using System.Globalization;
using System.Text.Json;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.PumpSimulator.Model;
using EventSourcing.PumpSimulator.Sending;

namespace EventSourcing.PumpSimulator.Events;

/// <summary>
/// A device in one run: makes its events, each topic's with a dense <c>sequence</c> from 1 under the source
/// <c>/pumps/{run}/{way}/{device}</c>. Not thread-safe.
/// </summary>
internal sealed class PumpDevice(string deviceId, string assetId, string name, LocationData? location, string run, Way way, TimeProvider time)
{
    private readonly Uri _source = new($"/pumps/{run}/{way.ToString().ToLowerInvariant()}/{Uri.EscapeDataString(deviceId)}", UriKind.Relative);
    private long _readings;
    private long _registrations;

    /// <summary>The device's id.</summary>
    public string DeviceId => deviceId;

    /// <summary>CloudEvents <c>source</c>.</summary>
    public string Source => _source.OriginalString;

    /// <summary>A reading with exactly these figures.</summary>
    public PumpMessage Reading(PumpReading figures, bool withAsset) => Reading(
        new ReadingData
        {
            DeviceId = deviceId,
            Asset = withAsset ? new AssetData(assetId, name, location) : null,
            Pressure = figures.Pressure,
            Temperature = figures.Temperature,
            Frequency = figures.Frequency,
            Current = figures.Current,
        },
        time.GetUtcNow());

    /// <summary>A simulated metric event.</summary>
    public PumpMessage Reading(Metrics metrics, DateTimeOffset measured, bool withAsset) => Reading(
        new ReadingData
        {
            DeviceId = deviceId,
            Asset = withAsset ? new AssetData(assetId, name, location) : null,
            Pressure = metrics.Pressure,
            Temperature = metrics.Temperature,
            Current = metrics.Current,
            FlowRate = metrics.FlowRate,
            Rotation = metrics.Rotation,
        },
        measured);

    /// <summary>The device's registration; <paramref name="asset"/> tells more about it.</summary>
    public PumpMessage Registration(PumpAsset? asset = null)
    {
        var data = new RegistrationData
        {
            AssetId = assetId,
            DeviceId = deviceId,
            Name = name,
            Location = location,
            Type = asset?.Type ?? "ESP",
            Os = asset?.Os,
            Version = asset?.Version,
            IpAddress = asset?.IpAddress,
            Antivirus = asset?.Antivirus,
            RiskRating = asset?.RiskRating,
            CreationDate = asset?.CreationDate,
            Pressure = asset?.Pressure,
            Temperature = asset?.Temperature,
            Current = asset?.Current,
            FlowRate = asset?.FlowRate,
            Rotation = asset?.Rotation,
        };
        return Message(PumpEventKind.Registration, "a", ++_registrations, time.GetUtcNow(), JsonSerializer.SerializeToUtf8Bytes(data, EventDataJson.Default.RegistrationData));
    }

    /// <summary>A device for an asset that says all about itself; its device id is the asset's.</summary>
    public static PumpDevice Of(PumpAsset asset, string run, Way way, TimeProvider time) =>
        new(asset.Id, asset.Id, $"Pump {asset.Id}", LocationOf(asset), run, way, time);

    /// <summary>The asset's place; null when its strings are no numbers.</summary>
    public static LocationData? LocationOf(PumpAsset asset) =>
        decimal.TryParse(asset.Latitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
        && decimal.TryParse(asset.Longitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
            ? new LocationData(latitude, longitude)
            : null;

    private PumpMessage Reading(ReadingData data, DateTimeOffset measured) =>
        Message(PumpEventKind.Reading, "r", ++_readings, measured, JsonSerializer.SerializeToUtf8Bytes(data, EventDataJson.Default.ReadingData));

    private PumpMessage Message(PumpEventKind kind, string prefix, long sequence, DateTimeOffset measured, byte[] data)
    {
        var number = EventAttributes.FormatSequence(sequence);
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, EventAttributes.All)
        {
            Id = $"{prefix}-{number}",
            Source = _source,
            Type = kind == PumpEventKind.Reading ? EventTypes.SensorReading : EventTypes.AssetRegistered,
            Subject = assetId,
            Time = measured,
            DataContentType = "application/json",
            Data = data,
            [EventAttributes.PartitionKey] = assetId,
            [EventAttributes.Sequence] = number,
        };
        return new PumpMessage(deviceId, kind, cloudEvent, sequence);
    }
}
