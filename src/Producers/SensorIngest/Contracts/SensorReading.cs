namespace EventSourcing.SensorIngest.Contracts;

/// <summary>
/// What one device measured at one moment: the data of <c>io.eventsourcing.sensor.reading.v1</c>. A device sends it without
/// <see cref="Asset"/>; the gateway adds what the business knows the device as.
/// </summary>
public sealed record SensorReading : IMeasured
{
    /// <summary>The device, 1 to 64 of <c>[A-Za-z0-9._:-]</c>.</summary>
    public required string DeviceId { get; init; }

    /// <summary>The asset the device sits on; set by the gateway from its registry, refused from a device.</summary>
    public AssetReference? Asset { get; init; }

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
}

/// <summary>An asset as a reading names it.</summary>
/// <param name="AssetId">The business's id of the asset; record key and <c>subject</c> of its events.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Location">Where it stands; absent when it never said.</param>
public sealed record AssetReference(string AssetId, string Name, Location? Location = null);

/// <summary>A place, WGS 84.</summary>
/// <param name="Latitude">Degrees north, -90 to 90.</param>
/// <param name="Longitude">Degrees east, -180 to 180.</param>
public sealed record Location(decimal Latitude, decimal Longitude);
