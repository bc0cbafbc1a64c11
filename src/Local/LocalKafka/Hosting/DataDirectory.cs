using System.Buffers.Text;
using System.Text;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Hosting;

/// <summary>A broker's folder, locked against a second broker, with the cluster id that clients know it by.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const string LockFile = ".lock";
    private const string PropertiesFile = "meta.properties";
    private const string ClusterIdKey = "cluster.id=";
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    /// <exception cref="DataDirectoryException">The folder cannot be created or written, or another broker has it.</exception>
    public static DataDirectory Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            return new DataDirectory(path, new FileStream(System.IO.Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DataDirectoryException($"The data directory {path} cannot be written: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new DataDirectoryException(
                Directory.Exists(path)
                    ? $"The data directory {path} is in use by another broker. Stop it, or choose another folder."
                    : $"The data directory {path} cannot be created: {exception.Message}",
                exception);
        }
    }

    /// <summary>The id noted in the folder; a new one on the first start.</summary>
    public string ReadOrCreateClusterId(bool toDisk)
    {
        var path = PathOf(PropertiesFile);
        if (File.Exists(path) && File.ReadLines(path).FirstOrDefault(line => line.StartsWith(ClusterIdKey, StringComparison.Ordinal)) is { } known)
            return known[ClusterIdKey.Length..];
        var id = Base64Url.EncodeToString(Guid.NewGuid().ToByteArray());
        AtomicFile.Write(path, Encoding.ASCII.GetBytes($"version=1\n{ClusterIdKey}{id}\nnode.id=1\n"), toDisk);
        return id;
    }

    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    public void Dispose() => _lock.Dispose();
}
