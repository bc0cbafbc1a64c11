using System.Text.RegularExpressions;

namespace EventSourcing.Architecture.Tests.Model;

/// <summary>A settable property of an options class that binds a configuration section.</summary>
/// <param name="Key"><c>Section:Property</c>.</param>
/// <param name="DeclaredIn">The source file.</param>
public sealed partial record ConfigurationOption(string Key, string DeclaredIn)
{
    /// <summary>The options of every class in the project that has a <c>SectionName</c>.</summary>
    public static IEnumerable<ConfigurationOption> Of(ProjectFile project) =>
        from file in project.SourceFiles
        where file.EndsWith("Options.cs", StringComparison.Ordinal)
        let source = SourceTree.Read(file)
        let section = SectionName().Match(source)
        where section.Success
        from Match property in SettableProperty().Matches(source)
        select new ConfigurationOption($"{section.Groups[1].Value}:{property.Groups[1].Value}", file);

    [GeneratedRegex(@"const string SectionName = ""([\w:]+)""")]
    private static partial Regex SectionName();

    [GeneratedRegex(@"^    (?:\[.*\] )?public (?:required )?[\w<>?\[\], .]+ (\w+) \{ get; (?:set|init); \}", RegexOptions.Multiline)]
    private static partial Regex SettableProperty();
}
