using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.Architecture.Tests.Model;

/// <summary>The repository's files and projects.</summary>
public static class SourceTree
{
    private static readonly string[] BuildFolders = ["bin", "obj", "node_modules", ".git", ".tools", ".vs", "TestResults"];

    /// <summary>Every file that git tracks (without git: every file outside build folders), from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. (TrackedByGit() ?? FoundOnDisk()).Where(file => File.Exists(Repository.PathOf(file)))];

    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => new ProjectFile(file))];

    public static string Read(string file) => File.ReadAllText(Repository.PathOf(file));

    public static bool Exists(string file) => File.Exists(Repository.PathOf(file));

    private static string[]? TrackedByGit()
    {
        if (!Path.Exists(Repository.PathOf(".git")))
        {
            return null;
        }

        var git = ProcessRunner.RunAsync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], workingDirectory: Repository.Root);
        return git.GetAwaiter().GetResult().EnsureSuccess().StandardOutput.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<string> FoundOnDisk() =>
        Directory.EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Intersect(BuildFolders).Any());
}
