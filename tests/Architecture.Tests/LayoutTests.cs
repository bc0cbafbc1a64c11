using EventSourcing.Architecture.Tests.Model;

namespace EventSourcing.Architecture.Tests;

/// <summary>Where things are, and how large they may grow.</summary>
public sealed class LayoutTests
{
    private const int WantedLines = 150;
    private const int MostLines = 200;

    /// <summary>Projects without a test project of their own name, and what tests them instead.</summary>
    private static readonly Dictionary<string, string> TestedElsewhere = new()
    {
        ["LocalKafka.Host"] = "a thin Main around LocalKafka; started by LocalKafka.Tests and EndToEnd.Tests",
        ["LocalAspire.Kafka"] = "tested by LocalAspire.Tests",
        ["LocalMqtt"] = "a thin host around MQTTnet.Server; started by EndToEnd.Tests",
        ["TextProducer"] = "tested with its consumer by TextConsumer.Tests",
    };

    private static readonly string[] TestsOfTheWhole = ["Architecture.Tests", "EndToEnd.Tests"];

    [Fact]
    public void EveryProject_IsInTheSolution()
    {
        var inSolution = SourceTree.Read("EventSourcing.sln").Replace('\\', '/');
        var breaches = SourceTree.Projects
            .Where(project => !inSolution.Contains($"\"{project.Path}\"", StringComparison.Ordinal))
            .Select(project => $"{project}: not in EventSourcing.sln");

        Rule.Holds(breaches, "run `dotnet sln EventSourcing.sln add PATH`.");
    }

    [Fact]
    public void EverySourceProject_HasTests()
    {
        var names = SourceTree.Projects.Select(project => project.Path).ToHashSet();
        var breaches =
            from project in SourceTree.Projects
            where project.Folder.StartsWith("src/", StringComparison.Ordinal) && !TestedElsewhere.ContainsKey(project.Name)
            let expected = $"tests/{project.Room}/{project.Name}.Tests/{project.Name}.Tests.csproj"
            where !names.Contains(expected)
            select $"{project}: there is no {expected}";

        Rule.Holds(breaches, $"add that project, or say in {nameof(LayoutTests)}.{nameof(TestedElsewhere)} what tests it instead.");
    }

    [Fact]
    public void EveryTestProject_MirrorsASourceProject()
    {
        var names = SourceTree.Projects.Select(project => project.Path).ToHashSet();
        var breaches =
            from test in SourceTree.Projects
            where test.Name.EndsWith(".Tests", StringComparison.Ordinal) && !TestsOfTheWhole.Contains(test.Name)
            let subject = test.Name[..^".Tests".Length]
            let expected = $"src/{test.Folder["tests/".Length..^(test.Name.Length + 1)]}/{subject}/{subject}.csproj"
            where !names.Contains(expected)
            select $"{test}: there is no {expected}";

        Rule.Holds(breaches, "place tests/A/B.Tests beside src/A/B: same folders, same name.");
    }

    [Fact]
    public void SourceFile_IsShort()
    {
        var lengths = SourceTree.Files
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => (File: file, Lines: SourceTree.Read(file).Count(character => character == '\n')))
            .Where(file => file.Lines > WantedLines)
            .ToArray();

        foreach (var (file, lines) in lengths.Where(file => file.Lines <= MostLines))
        {
            TestContext.Current.AddWarning($"{file}: {lines} lines; {WantedLines} are wanted");
        }

        Rule.Holds(
            lengths.Where(file => file.Lines > MostLines).Select(file => $"{file.File}: {file.Lines} lines"),
            $"look for the missing noun and give it a file of its own ({WantedLines} lines are wanted, {MostLines} are the limit).");
    }

    [Fact]
    public void SourceFile_DeclaresTheNamespaceOfItsProject()
    {
        var breaches =
            from project in SourceTree.Projects
            let wanted = "namespace EventSourcing." + (project.Name.StartsWith("EventSourcing.", StringComparison.Ordinal)
                ? project.Name["EventSourcing.".Length..] : project.Name)
            where project.Room != "tests" && project.Room != "EventSourcing.ServiceDefaults" && !project.Name.StartsWith("LocalAspire", StringComparison.Ordinal)
            from file in project.SourceFiles
            let declared = SourceTree.Read(file).Split('\n').FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))
            where declared is not null && !declared.TrimEnd(';', '\r').StartsWith(wanted, StringComparison.Ordinal)
            select $"{file}: {declared}";

        Rule.Holds(breaches, "use EventSourcing.<Project>, then the folder. (LocalAspire and ServiceDefaults take the namespaces of the packages they stand in for.)");
    }
}
