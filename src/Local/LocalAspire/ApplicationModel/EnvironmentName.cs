using System.Text.RegularExpressions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Makes names of environment variables out of names of resources.</summary>
internal static partial class EnvironmentName
{
    public static string Upper(string name)
    {
        var encoded = NotAllowed().Replace(name, "_");
        return (char.IsAsciiDigit(encoded[0]) ? $"_{encoded}" : encoded).ToUpperInvariant();
    }

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NotAllowed();
}
