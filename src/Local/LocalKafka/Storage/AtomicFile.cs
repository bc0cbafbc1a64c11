namespace EventSourcing.LocalKafka.Storage;

/// <summary>Replaces a small file so that a crash of the process (with <c>toDisk</c>: of the machine) leaves the old content or the new one, never a part.</summary>
internal static class AtomicFile
{
    private const string TemporaryExtension = ".tmp";

    public static void Write(string path, ReadOnlySpan<byte> content, bool toDisk)
    {
        var temporary = path + TemporaryExtension;
        using (var handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, content, 0);
            if (toDisk)
                RandomAccess.FlushToDisk(handle);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
