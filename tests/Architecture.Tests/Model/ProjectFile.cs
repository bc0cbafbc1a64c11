using System.Xml.Linq;
using EventSourcing.TestKit;

namespace EventSourcing.Architecture.Tests.Model;

/// <summary>A project of the repository, as its project file states it.</summary>
/// <param name="Path">Path from the repository root, with forward slashes.</param>
public sealed record ProjectFile(string Path)
{
    private readonly XDocument _document = XDocument.Load(Repository.PathOf(Path));

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Folder from the repository root, with forward slashes.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    /// <summary>The part of the architecture it belongs to: Producers, Consumers, Libraries, Local, Simulators, or the top folder.</summary>
    public string Room => Folder.StartsWith("src/", StringComparison.Ordinal) ? Folder.Split('/')[1] : Folder.Split('/')[0];

    public bool IsService => Room is "Producers" or "Consumers" or "Simulators";

    public bool UsesAspireKafkaClient =>
        _document.Descendants("UseAspireKafkaClient").Any(element => element.Value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>Names of the projects that it references.</summary>
    public IReadOnlyList<string> ProjectReferences =>
        [.. Includes("ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))];

    public IReadOnlyList<string> PackageReferences => [.. Includes("PackageReference")];

    /// <summary>Its own source files, generated ones left out; paths from the repository root.</summary>
    public IEnumerable<string> SourceFiles => SourceTree.Files.Where(file =>
        file.StartsWith(Folder + "/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal));

    public override string ToString() => Path;

    private IEnumerable<string> Includes(string item) => _document.Descendants(item).Select(element => element.Attribute("Include")?.Value ?? "");
}
