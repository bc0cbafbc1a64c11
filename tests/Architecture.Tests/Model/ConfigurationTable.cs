using System.Text.RegularExpressions;

namespace EventSourcing.Architecture.Tests.Model;

/// <summary>The settings that a README's tables name: first cell, code, with a colon, as in <c>| `Receipts:Interval` | ... |</c>.</summary>
internal static partial class ConfigurationTable
{
    /// <summary>The settings named, with the separator of environment variables read as a colon.</summary>
    public static IReadOnlySet<string> Of(string readme) =>
        readme.Split('\n')
            .Select(line => FirstCell().Match(line))
            .SelectMany(cell => Setting().Matches(cell.Groups[1].Value))
            .Select(setting => setting.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal))
            .ToHashSet();

    [GeneratedRegex(@"^\|([^|]+)\|")]
    private static partial Regex FirstCell();

    [GeneratedRegex("`(\\w+(?:(?::|__)\\w+)+)`")]
    private static partial Regex Setting();
}
