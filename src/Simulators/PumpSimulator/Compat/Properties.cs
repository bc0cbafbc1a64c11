namespace EventSourcing.PumpSimulator.Compat;

/// <summary>The original's <c>conf/config.properties</c>: lines <c>key=value</c>, comments with <c>#</c> or <c>!</c>.</summary>
internal static class Properties
{
    /// <summary>Where the original looks for it, under the working folder.</summary>
    public const string DefaultPath = "conf/config.properties";

    /// <summary>The settings of a file; none when there is no such file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Load(string path) =>
        File.Exists(path) ? Parse(File.ReadLines(path)) : new Dictionary<string, string>();

    /// <summary>Parses lines; a key that comes twice counts as it comes last.</summary>
    public static IReadOnlyDictionary<string, string> Parse(IEnumerable<string> lines)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Select(static line => line.Trim()))
        {
            if (line is "" or ['#' or '!', ..])
                continue;
            var separator = line.AsSpan().IndexOfAny('=', ':');
            if (separator > 0)
                settings[line[..separator].TrimEnd()] = line[(separator + 1)..].TrimStart();
        }

        return settings;
    }
}
