namespace EventSourcing.EventBackbone.Spooling;

/// <summary>
/// A spool file belongs to one process at a time; replicas that share a folder number them. A process takes the lowest number that is
/// free, so what a killed replica left is found by the next one that starts. The operating system frees the lease of a killed process.
/// </summary>
internal sealed class SpoolLease : IDisposable
{
    private const int MostReplicas = 1_000;

    private readonly FileStream _lock;

    private SpoolLease(FileStream held, string databasePath) => (_lock, DatabasePath) = (held, databasePath);

    public string DatabasePath { get; }

    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static SpoolLease Take(string folder, string application)
    {
        Directory.CreateDirectory(folder);
        for (var number = 0; number < MostReplicas; number++)
        {
            var path = Path.Combine(folder, $"{application}-{number}");
            if (TryLock(path + ".lock") is { } held)
                return new SpoolLease(held, path + ".spool");
        }
        throw new IOException($"All {MostReplicas} spool files of '{application}' in {folder} are in use.");
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))          // held by another process
        {
            return null;
        }
    }
}
