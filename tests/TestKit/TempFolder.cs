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
    public void Dispose()
    {
        if (!SpinWait.SpinUntil(TryDelete, TimeSpan.FromSeconds(10)))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    public override string ToString() => Path;

    private bool TryDelete()
    {
        try
        {
            if (Directory.Exists(Path))
            {
                Directory.Delete(Path, recursive: true);
            }

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
