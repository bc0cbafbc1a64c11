namespace EventSourcing.TestKit;

/// <summary>A new empty folder, deleted with all its content at the end.</summary>
public sealed class TempFolder : IDisposable
{
    /// <param name="purpose">A word for the folder's name, to recognise it by.</param>
    public TempFolder(string purpose = "test") => Path = Directory.CreateTempSubdirectory($"eventsourcing-{purpose}-").FullName;

    public string Path { get; }

    /// <summary>The path of a file or folder inside; its parent folder exists afterwards.</summary>
    public string File(string relativePath)
    {
        var path = System.IO.Path.Combine(Path, relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Deletes the folder. A process that is just ending may still write into it, so this is tried for up to ten seconds.</summary>
    public void Dispose() => Delete(Path);

    public override string ToString() => Path;

    internal static void Delete(string path)
    {
        if (!SpinWait.SpinUntil(() => TryDelete(path), TimeSpan.FromSeconds(10)))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static bool TryDelete(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
