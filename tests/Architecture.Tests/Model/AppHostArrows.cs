using System.Text.RegularExpressions;

namespace EventSourcing.Architecture.Tests.Model;

/// <summary>The resources of AppHost.cs and who refers to whom, by resource name.</summary>
internal static partial class AppHostArrows
{
    public static IReadOnlySet<Arrow> Read(string source)
    {
        var statements = source.Split(';').Select(statement => (Text: statement, Declaration: Resource().Match(statement)))
            .Where(statement => statement.Declaration.Success)
            .Select(statement => (statement.Text, Variable: statement.Declaration.Groups["variable"].Value, Name: statement.Declaration.Groups["name"].Value))
            .ToArray();
        var names = statements.Where(statement => statement.Variable.Length > 0).ToDictionary(statement => statement.Variable, statement => statement.Name);
        return statements
            .SelectMany(statement => Reference().Matches(statement.Text).Select(reference => (statement.Name, Target: reference.Groups[1].Value)))
            .Where(reference => names.ContainsKey(reference.Target))
            .Select(reference => Arrow.Between(reference.Name, names[reference.Target]))
            .ToHashSet();
    }

    [GeneratedRegex(@"(?:var\s+(?<variable>\w+)\s*=\s*)?builder\s*\.Add\w+(?:<[\w.]+>)?\(""(?<name>[\w-]+)""")]
    private static partial Regex Resource();

    [GeneratedRegex(@"\.With(?:Reference|Database)\((\w+)")]
    private static partial Regex Reference();
}
