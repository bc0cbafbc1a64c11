using System.Globalization;
using System.Text.RegularExpressions;
using EventSourcing.Architecture.Tests.Model;

namespace EventSourcing.Architecture.Tests;

/// <summary>Log event ids: one block of a hundred per project, no id twice, so that an id names its message wherever logs are gathered.</summary>
public sealed partial class EventIdTests
{
    private static readonly (int Id, ProjectFile Project, string File)[] Ids =
    [
        .. from project in SourceTree.Projects
           where project.Room is not "tests"
           from file in project.SourceFiles
           from Match match in LoggerMessageId().Matches(SourceTree.Read(file))
           select (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), project, file),
    ];

    [Fact]
    public void EventId_IsUsedOnce()
    {
        var breaches = Ids.GroupBy(use => use.Id).Where(uses => uses.Count() > 1)
            .Select(uses => $"{uses.Key}: {string.Join(", ", uses.Select(use => use.File))}");

        Rule.Holds(breaches, "give each message its own id within its project's block.");
    }

    [Fact]
    public void Block_BelongsToOneProject()
    {
        var breaches = Ids.GroupBy(use => use.Id / 100).Where(block => block.Select(use => use.Project.Path).Distinct().Count() > 1)
            .Select(block => $"{block.Key}00 to {block.Key}99: {string.Join(", ", block.Select(use => use.Project.Path).Distinct())}");

        Rule.Holds(breaches, $"move one of them to a free block; the next is {((Ids.Length == 0 ? 0 : Ids.Max(use => use.Id)) / 100) + 1}00.");
    }

    [GeneratedRegex(@"LoggerMessage\(\s*(?:EventId\s*=\s*)?(\d+)")]
    private static partial Regex LoggerMessageId();
}
