namespace EventSourcing.LocalKafka.Storage;

/// <summary>A range of a segment file with a reference that keeps the file open until <see cref="Release"/>. The default value is empty.</summary>
internal readonly struct FileSlice(LogFile file, long position, int length)
{
    public int Length { get; } = length;

    /// <summary>Fills <paramref name="buffer"/> from <paramref name="from"/> bytes into the slice.</summary>
    /// <exception cref="EndOfStreamException">The file is shorter than the log believes: it was changed from outside.</exception>
    public void Read(Span<byte> buffer, int from)
    {
        if (file.Read(buffer, position + from) != buffer.Length)
            throw new EndOfStreamException($"{file.Path} is shorter than its log; was it changed by another program?");
    }

    public void Release() => file?.Release();
}
