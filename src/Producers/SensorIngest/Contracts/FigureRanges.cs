namespace EventSourcing.SensorIngest.Contracts;

/// <summary>The figures and their ranges, once for validation and for the published schema.</summary>
internal static class FigureRanges
{
    /// <summary>Every figure: its name on the wire, how to read it, its inclusive bounds.</summary>
    public static readonly IReadOnlyList<FigureRange> All =
    [
        new("pressure", static m => m.Pressure, 0m, 100_000m),
        new("temperature", static m => m.Temperature, -273.15m, 10_000m),
        new("frequency", static m => m.Frequency, 0m, 1_000m),
        new("current", static m => m.Current, -10_000m, 10_000m),
        new("flowRate", static m => m.FlowRate, 0m, 1_000_000m),
        new("rotation", static m => m.Rotation, 0m, 360m),
    ];

    /// <summary>The first figure out of its range as a sentence; null when all that are present are within.</summary>
    public static string? FindError(IMeasured measured)
    {
        foreach (var range in All)
        {
            if (range.Read(measured) is { } value && (value < range.Minimum || value > range.Maximum))
                return FormattableString.Invariant($"{range.Name} is {value}; it must be {range.Minimum} to {range.Maximum}.");
        }

        return null;
    }

    /// <summary>True when at least one figure is present.</summary>
    public static bool HasAny(IMeasured measured)
    {
        foreach (var range in All)
        {
            if (range.Read(measured) is not null)
                return true;
        }

        return false;
    }
}

/// <summary>One figure.</summary>
/// <param name="Name">Name on the wire.</param>
/// <param name="Read">How to read it.</param>
/// <param name="Minimum">Inclusive lower bound.</param>
/// <param name="Maximum">Inclusive upper bound.</param>
internal sealed record FigureRange(string Name, Func<IMeasured, decimal?> Read, decimal Minimum, decimal Maximum);
