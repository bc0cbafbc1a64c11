using System.Text.RegularExpressions;
using EventSourcing.Architecture.Tests.Model;

namespace EventSourcing.Architecture.Tests;

/// <summary>What must not stand in a tracked file.</summary>
public sealed partial class HygieneTests
{
    private static readonly string[] TextFiles =
        [".cs", ".csproj", ".props", ".targets", ".json", ".md", ".sh", ".proto", ".html", ".css", ".js", ".mjs", ".yml", ".yaml", ".sln", ".editorconfig"];

    private static IEnumerable<(string File, int Number, string Text)> Lines =>
        from file in SourceTree.Files
        where TextFiles.Contains(Path.GetExtension(file)) && !file.EndsWith(nameof(HygieneTests) + ".cs", StringComparison.Ordinal)
        from line in SourceTree.Read(file).Split('\n').Index()
        select (file, line.Index + 1, line.Item);

    [Fact]
    public void TrackedFile_Names_NoFolderOfOneMachine()
    {
        var breaches = Lines.Where(line => MachineFolder().IsMatch(line.Text)).Select(Describe);

        Rule.Holds(breaches, "name a path relative to the repository, or take it from an environment variable.");
    }

    [Fact]
    public void TrackedFile_Holds_NoUnfinishedWork()
    {
        var breaches = Lines.Where(line => Unfinished().IsMatch(line.Text)).Select(Describe);

        Rule.Holds(breaches, "finish it, or remove it and open an issue.");
    }

    [Fact]
    public void Test_Waits_ByPollingWithADeadline()
    {
        var breaches = Lines
            .Where(line => line.File.StartsWith("tests/", StringComparison.Ordinal) && line.File.EndsWith(".cs", StringComparison.Ordinal))
            .Where(line => !line.File.StartsWith("tests/TestKit/", StringComparison.Ordinal))
            .Where(line => Sleep().IsMatch(line.Text))
            .Select(Describe);

        Rule.Holds(breaches, "use EventSourcing.TestKit.Eventually, or a FakeTimeProvider.");
    }

    [Fact]
    public void AppHost_Names_NoPortAndNoSecret()
    {
        var breaches = Lines
            .Where(line => line.File == "EventSourcing.AppHost/AppHost.cs")
            .Where(line => PortOrSecret().IsMatch(line.Text.Split("//")[0]))
            .Select(Describe);

        Rule.Holds(breaches, "let Aspire allocate the port (launch profile or WithHttpEndpoint without a number), and take secrets from AddParameter(name, secret: true).");
    }

    private static string Describe((string File, int Number, string Text) line) => $"{line.File}:{line.Number}: {line.Text.Trim()}";

    [GeneratedRegex(@"(?<![\w./""-])/(work|root|home/\w+|Users/\w+)/|[A-Z]:\\Users\\")]
    private static partial Regex MachineFolder();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|new NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"Thread\.Sleep\(|await Task\.Delay\(")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"(?<![\w.])\d{4,5}(?![\w.])|localhost|127\.0\.0\.1|(password|apikey|secret|token)\s*=\s*""", RegexOptions.IgnoreCase)]
    private static partial Regex PortOrSecret();
}
