using EventSourcing.Architecture.Tests.Model;

namespace EventSourcing.Architecture.Tests;

/// <summary>A project explains itself, and its README keeps up with its options.</summary>
public sealed class ReadmeTests
{
    private static IEnumerable<ProjectFile> SourceProjects => SourceTree.Projects.Where(project => project.Folder.StartsWith("src/", StringComparison.Ordinal));

    [Fact]
    public void SourceProject_HasAReadme()
    {
        var breaches = SourceProjects.Where(project => !SourceTree.Exists(Readme(project))).Select(project => $"{project.Folder}: no README.md");

        Rule.Holds(breaches, "write what it is, how to run it alone, its contract, its configuration table and its failure table.");
    }

    [Fact]
    public void ConfigurationTable_Names_EveryOption()
    {
        var breaches =
            from project in SourceProjects
            where SourceTree.Exists(Readme(project))
            let named = ConfigurationTable.Of(SourceTree.Read(Readme(project)))
            from option in ConfigurationOption.Of(project)
            where !named.Contains(option.Key)
            select $"{Readme(project)}: lacks `{option.Key}` ({option.DeclaredIn})";

        Rule.Holds(breaches, "add a row to the README's configuration table: | `Section:Property` | unit | range | default |.");
    }

    [Fact]
    public void ConfigurationTable_Names_NothingThatIsNoOption()
    {
        var breaches =
            from project in SourceProjects
            where SourceTree.Exists(Readme(project))
            let options = ConfigurationOption.Of(project).Select(option => option.Key).ToHashSet()
            let sections = options.Select(Section).ToHashSet()
            from named in ConfigurationTable.Of(SourceTree.Read(Readme(project)))
            where sections.Contains(Section(named)) && !options.Contains(named)
            select $"{Readme(project)}: `{named}` is no option of {project.Name}";

        Rule.Holds(breaches, "remove the row, or correct the name to `Section:Property` as the options class has it.");
    }

    private static string Section(string key) => key.Split(':')[0];

    private static string Readme(ProjectFile project) => $"{project.Folder}/README.md";
}
