using Microsoft.Win32.SafeHandles;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>An open segment file that stays open while a response still reads from it, even after the log has deleted it.</summary>
internal sealed class LogFile
{
    private readonly SafeFileHandle _handle;
    private int _references = 1;

    private LogFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
    }

    public string Path { get; }

    public static LogFile Open(string path) =>
        new(path, File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));

    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>Bytes read: fewer than asked for only at the end of the file.</summary>
    public int Read(Span<byte> buffer, long position)
    {
        var total = 0;
        while (total < buffer.Length && RandomAccess.Read(_handle, buffer[total..], position + total) is var read and > 0)
            total += read;
        return total;
    }

    public void Write(ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(_handle, bytes, position);

    public void Truncate(long length) => RandomAccess.SetLength(_handle, length);

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    /// <summary>False when the file is closed already.</summary>
    public bool TryRetain()
    {
        var seen = Volatile.Read(ref _references);
        while (seen > 0)
        {
            var before = Interlocked.CompareExchange(ref _references, seen + 1, seen);
            if (before == seen)
                return true;
            seen = before;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
            _handle.Dispose();
    }
}
