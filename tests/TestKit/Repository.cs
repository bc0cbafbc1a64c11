namespace EventSourcing.TestKit;

/// <summary>The checked-out repository that the running tests were built from.</summary>
public static class Repository
{
    private const string RootMarker = "EventSourcing.sln";

    /// <summary>The nearest folder at or above the test program that holds the solution file.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The full path of a repository file or folder, whether or not it exists.</summary>
    public static string PathOf(string relativePath) => Path.GetFullPath(Path.Combine(Root, relativePath));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RootMarker)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds {RootMarker}; run the tests from the repository.");
    }
}
