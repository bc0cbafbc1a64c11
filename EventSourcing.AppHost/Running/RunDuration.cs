using System.Globalization;

namespace EventSourcing.AppHost.Running;

/// <summary>How long a timed run lasts; null runs until it is stopped.</summary>
internal sealed record RunDuration(TimeSpan? Value)
{
    /// <summary>Reads <c>30s</c>, <c>5m</c> or a time span such as <c>00:00:30</c>.</summary>
    /// <exception cref="DistributedApplicationException">The text is no duration above zero.</exception>
    public static TimeSpan? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var duration = text[^1] switch
        {
            's' => Number(text[..^1]) is { } seconds ? TimeSpan.FromSeconds(seconds) : default,
            'm' => Number(text[..^1]) is { } minutes ? TimeSpan.FromMinutes(minutes) : default,
            _ => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : default,
        };
        return duration > TimeSpan.Zero
            ? duration
            : throw new DistributedApplicationException($"--for {text}: give a duration such as 30s, 5m or 00:00:30.");
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
