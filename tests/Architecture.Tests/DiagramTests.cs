using EventSourcing.Architecture.Tests.Model;

namespace EventSourcing.Architecture.Tests;

/// <summary>The README's diagram and AppHost.cs tell the same story.</summary>
public sealed class DiagramTests
{
    private static readonly IReadOnlySet<Arrow> Drawn = MermaidArrows.Read(SourceTree.Read("README.md"));
    private static readonly IReadOnlySet<Arrow> Coded = AppHostArrows.Read(SourceTree.Read("EventSourcing.AppHost/AppHost.cs"));

    [Fact]
    public void Diagram_Draws_EveryReferenceOfTheAppHost() =>
        Rule.Holds(
            Coded.Except(Drawn).Select(arrow => $"{arrow}: in AppHost.cs, not in README.md"),
            "draw the arrow in the README's Mermaid diagram (the node's label starts with the resource's name).");

    [Fact]
    public void Diagram_Draws_NothingThatTheAppHostLacks() =>
        Rule.Holds(
            Drawn.Except(Coded).Select(arrow => $"{arrow}: in README.md, not in AppHost.cs"),
            "remove the arrow from the diagram, or add .WithReference(...) to AppHost.cs.");

    [Fact]
    public void Diagram_IsRead()
    {
        Assert.NotEmpty(Drawn);
        Assert.NotEmpty(Coded);
    }
}
