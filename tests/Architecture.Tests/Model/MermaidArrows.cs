using System.Text.RegularExpressions;

namespace EventSourcing.Architecture.Tests.Model;

/// <summary>The arrows of the first Mermaid flowchart in a README; a node's name is the first word of its label.</summary>
internal static partial class MermaidArrows
{
    public static IReadOnlySet<Arrow> Read(string readme)
    {
        var lines = Diagram().Match(readme).Groups[1].Value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var names = lines.Select(line => Node().Match(line)).Where(node => node.Success)
            .ToDictionary(node => node.Groups["id"].Value, node => node.Groups["name"].Value);
        return lines.Where(line => !Node().IsMatch(line)).SelectMany(line => Chain(line, names)).ToHashSet();
    }

    // a & b -- text --> c --> d: each of a neighbouring group with each of the next.
    private static IEnumerable<Arrow> Chain(string line, Dictionary<string, string> names)
    {
        var groups = Link().Split(line).Select(group => group.Split('&', StringSplitOptions.TrimEntries)).ToArray();
        return
            from pair in groups.Zip(groups.Skip(1))
            from one in pair.First
            from other in pair.Second
            select Arrow.Between(names.GetValueOrDefault(one, one), names.GetValueOrDefault(other, other));
    }

    [GeneratedRegex(@"```mermaid\s+flowchart[^\n]*\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Diagram();

    [GeneratedRegex(@"^(?<id>\w+)\[\(?""(?<name>[\w-]+)")]
    private static partial Regex Node();

    [GeneratedRegex(@"\s+(?:--\s.*?\s-->|-->|-\.\s.*?\s\.->|-\.->)\s+")]
    private static partial Regex Link();
}
