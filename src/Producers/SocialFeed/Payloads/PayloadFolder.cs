namespace EventSourcing.SocialFeed.Payloads;

/// <summary>The store's folder: <c>data/</c> with the payloads, <c>incoming/</c> with what is being received, and a lock.</summary>
internal sealed class PayloadFolder : IDisposable
{
    private readonly string _data;
    private readonly string _incoming;
    private readonly FileStream _lock;

    /// <exception cref="InvalidOperationException">Another process has the folder, or it cannot be written.</exception>
    public PayloadFolder(string path)
    {
        (_data, _incoming) = (Path.Combine(path, "data"), Path.Combine(path, "incoming"));
        try
        {
            Directory.CreateDirectory(_data);
            Directory.CreateDirectory(_incoming);
            _lock = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            foreach (var left in Directory.EnumerateFiles(_incoming))
                File.Delete(left);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"Payloads:Directory '{path}' cannot be used ({failed.Message}). Every replica needs a folder of its own, and a Payloads:BaseUri that leads to it.", failed);
        }
    }

    /// <summary>The payloads that are there.</summary>
    public IEnumerable<PayloadCatalogue.Entry> Read() =>
        from info in new DirectoryInfo(_data).EnumerateFiles()
        let file = PayloadFile.TryParse(info.Name)
        where file is not null
        select new PayloadCatalogue.Entry(file, info.Length, info.LastWriteTimeUtc);

    /// <summary>A new file for bytes that are being received.</summary>
    public FileStream Create() =>
        new(Path.Combine(_incoming, Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);

    /// <summary>Opens a payload; null when somebody has deleted it behind the store's back.</summary>
    public FileStream? TryOpenRead(PayloadFile file)
    {
        try
        {
            return new FileStream(PathOf(file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public void SetTime(PayloadFile file, DateTimeOffset time)
    {
        using var handle = File.OpenHandle(PathOf(file), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        File.SetLastWriteTimeUtc(handle, time.UtcDateTime);
        RandomAccess.FlushToDisk(handle);
    }

    public void Place(string written, PayloadFile file, DateTimeOffset time)
    {
        File.SetLastWriteTimeUtc(written, time.UtcDateTime);
        File.Move(written, PathOf(file));
    }

    public void Delete(PayloadFile file) => File.Delete(PathOf(file));

    /// <summary>Forces the names of the payloads to disk. Windows keeps them in its journal.</summary>
    /// <exception cref="IOException">The disk does not take them.</exception>
    public void Flush() => FolderSync.Flush(_data);

    public void Dispose() => _lock.Dispose();

    private string PathOf(PayloadFile file) => Path.Combine(_data, file.Name);
}
