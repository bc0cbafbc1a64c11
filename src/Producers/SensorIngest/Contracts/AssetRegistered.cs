namespace EventSourcing.SensorIngest.Contracts;

/// <summary>
/// An asset and the device that reports for it: the data of <c>io.eventsourcing.asset.registered.v1</c>. The latest one per asset is
/// what counts (topic <c>assets</c> is compacted by asset id); a record without value removes the asset.
/// </summary>
public sealed record AssetRegistered : IMeasured
{
    /// <summary>The business's id of the asset, 1 to 64 of <c>[A-Za-z0-9._:-]</c>; the record key.</summary>
    public required string AssetId { get; init; }

    /// <summary>The device that reports for it; absent: the device's id is the asset's.</summary>
    public string? DeviceId { get; init; }

    /// <summary>Its name for people, 1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public Location? Location { get; init; }

    /// <summary>Kind of asset, for example <c>ESP</c> (electric submersible pump).</summary>
    public string? Type { get; init; }

    /// <summary>Operating system of its controller.</summary>
    public string? Os { get; init; }

    /// <summary>Version of its controller's software.</summary>
    public string? Version { get; init; }

    /// <summary>Network address of its controller.</summary>
    public string? IpAddress { get; init; }

    /// <summary>Version of its controller's virus scanner.</summary>
    public string? Antivirus { get; init; }

    /// <summary>Risk rating, -1 (not rated) to 100.</summary>
    public int? RiskRating { get; init; }

    /// <summary>When the asset was put in service.</summary>
    public DateTimeOffset? CreationDate { get; init; }

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
