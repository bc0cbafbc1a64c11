using EventSourcing.TestKit;

namespace EventSourcing.CloudEvents.Tests.Vectors;

/// <summary>
/// The conformance vectors of the CloudEvents project, which are not copied into this repository: the folder that CLOUDEVENTS_VECTORS names, else
/// ../shared/vectors/cloudevents beside the repository. Without them these tests are skipped; in CI their absence is a failure.
/// </summary>
public static class VectorFolder
{
    public const string Missing = "needs the CloudEvents conformance vectors (CLOUDEVENTS_VECTORS, or ../shared/vectors/cloudevents)";

    /// <summary>False only where the vectors may be missing and are.</summary>
    public static bool IsRequired => Path is not null || Requires.Ci;

    private static string? Path { get; } = Find();

    public static string Read(string file) => File.ReadAllText(System.IO.Path.Combine(
        Path ?? throw new DirectoryNotFoundException($"This test {Missing}."), file));

    /// <summary>The rows of a theory; without vectors one row, which is skipped, or fails in CI.</summary>
    public static TheoryData<string> Names(Func<IEnumerable<string>> read) => Path is null ? ["(vectors)"] : [.. read()];

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("CLOUDEVENTS_VECTORS");
        var folder = string.IsNullOrEmpty(named) ? Repository.PathOf("../shared/vectors/cloudevents") : named;
        return Directory.Exists(folder) ? folder : null;
    }
}
