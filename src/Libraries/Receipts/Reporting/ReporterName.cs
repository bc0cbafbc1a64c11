using System.Text.RegularExpressions;

namespace EventSourcing.Receipts;

/// <summary>What a reporter may be called: the name is part of a path and of metrics.</summary>
public static partial class ReporterName
{
    internal const string Pattern = "^[a-zA-Z0-9._-]{1,100}$";

    /// <summary>True for 1 to 100 characters of <c>[a-zA-Z0-9._-]</c>.</summary>
    public static bool IsValid(string? name) => name is not null && Valid().IsMatch(name);

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Valid();
}
