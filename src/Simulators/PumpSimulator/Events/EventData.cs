using System.Text.Json.Serialization;

namespace EventSourcing.PumpSimulator.Events;

/// <summary>Data of <c>io.eventsourcing.sensor.reading.v1</c> as a device writes it; figures it does not measure are absent.</summary>
internal sealed record ReadingData
{
    public required string DeviceId { get; init; }

    /// <summary>Only on the direct way to the topic, where no gateway adds it.</summary>
    public AssetData? Asset { get; init; }

    public decimal? Pressure { get; init; }

    public decimal? Temperature { get; init; }

    public decimal? Frequency { get; init; }

    public decimal? Current { get; init; }

    public decimal? FlowRate { get; init; }

    public decimal? Rotation { get; init; }
}

/// <summary>The asset that a reading belongs to.</summary>
internal sealed record AssetData(string AssetId, string Name, LocationData? Location);

/// <summary>A place, degrees.</summary>
internal sealed record LocationData(decimal Latitude, decimal Longitude);

/// <summary>Data of <c>io.eventsourcing.asset.registered.v1</c>.</summary>
internal sealed record RegistrationData
{
    public required string AssetId { get; init; }

    public required string DeviceId { get; init; }

    public required string Name { get; init; }

    public LocationData? Location { get; init; }

    public string? Type { get; init; }

    public string? Os { get; init; }

    public string? Version { get; init; }

    public string? IpAddress { get; init; }

    public string? Antivirus { get; init; }

    public int? RiskRating { get; init; }

    public DateTimeOffset? CreationDate { get; init; }

    public decimal? Pressure { get; init; }

    public decimal? Temperature { get; init; }

    public decimal? Current { get; init; }

    public decimal? FlowRate { get; init; }

    public decimal? Rotation { get; init; }
}

/// <summary>How the data are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReadingData))]
[JsonSerializable(typeof(RegistrationData))]
internal sealed partial class EventDataJson : JsonSerializerContext;
