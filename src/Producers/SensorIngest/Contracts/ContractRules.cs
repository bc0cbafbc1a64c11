namespace EventSourcing.SensorIngest.Contracts;

/// <summary>The rules a contract's types cannot express, each broken one as a sentence.</summary>
internal static class ContractRules
{
    /// <summary>Longest device or asset id, characters.</summary>
    public const int MaxIdLength = 64;

    private const int MaxNameLength = 200;
    private const int MaxTextLength = 100;

    /// <summary>What is wrong with a reading; null when nothing is.</summary>
    public static string? FindError(SensorReading reading) =>
        FindIdError("deviceId", reading.DeviceId)
        ?? (reading.Asset is null ? null : "asset is set; only the gateway sets it.")
        ?? (FigureRanges.HasAny(reading) ? null : "The reading has no figure.")
        ?? FigureRanges.FindError(reading);

    /// <summary>What is wrong with a registration; null when nothing is.</summary>
    public static string? FindError(AssetRegistered asset) =>
        FindIdError("assetId", asset.AssetId)
        ?? (asset.DeviceId is null ? null : FindIdError("deviceId", asset.DeviceId))
        ?? FindTextError("name", asset.Name, MaxNameLength)
        ?? FindLocationError(asset.Location)
        ?? FindTextError("type", asset.Type, MaxTextLength)
        ?? FindTextError("os", asset.Os, MaxTextLength)
        ?? FindTextError("version", asset.Version, MaxTextLength)
        ?? FindTextError("ipAddress", asset.IpAddress, MaxTextLength)
        ?? FindTextError("antivirus", asset.Antivirus, MaxTextLength)
        ?? (asset.RiskRating is < -1 or > 100 ? $"riskRating is {asset.RiskRating}; it must be -1 to 100." : null)
        ?? FigureRanges.FindError(asset);

    /// <summary>What is wrong with an id; null when nothing is.</summary>
    public static string? FindIdError(string name, string id)
    {
        if (id.Length is 0 or > MaxIdLength)
            return $"{name} has {id.Length} characters; it must have 1 to {MaxIdLength}.";
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or ':' or '-'))
                return $"{name} has a character outside [A-Za-z0-9._:-].";
        }

        return null;
    }

    private static string? FindTextError(string name, string? text, int maxLength) => text switch
    {
        null => null,
        "" => $"{name} is empty.",
        _ when text.Length > maxLength => $"{name} has {text.Length} characters; the limit is {maxLength}.",
        _ when text.AsSpan().IndexOfAnyInRange('\u0000', '\u001f') >= 0 => $"{name} has a control character.",
        _ => null,
    };

    private static string? FindLocationError(Location? location) => location switch
    {
        { Latitude: < -90 or > 90 } => $"latitude is {location.Latitude}; it must be -90 to 90.",
        { Longitude: < -180 or > 180 } => $"longitude is {location.Longitude}; it must be -180 to 180.",
        _ => null,
    };
}
