namespace EventSourcing.LocalKafka.Storage;

/// <summary>Whole or cut batches of one segment, whose file is kept open until the range is released or made a slice. The default value is empty.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Position">Where the first batch starts in its file.</param>
/// <param name="Length">Bytes; the last batch may be cut off, as clients expect.</param>
/// <param name="NextBaseOffset">Where the next segment starts; <see cref="long.MaxValue"/> for the last one.</param>
internal readonly record struct LogRange(LogSegment Segment, long Position, int Length, long NextBaseOffset)
{
    public bool IsEmpty => Length == 0;

    /// <summary>An offset after every record of the range, not far from the last.</summary>
    public long UpperBoundOffset => Segment.Indexes.UpperBoundOffset(Position + Length) ?? NextBaseOffset;

    /// <summary>The part before the batch that starts at <paramref name="offset"/>.</summary>
    public LogRange Before(long offset)
    {
        if (IsEmpty || offset == ProducerStateTable.NoneOpen || Segment.Find(offset) is not { } batch || batch.Position >= Position + Length)
            return this;
        if (batch.Position > Position)
            return this with { Length = (int)(batch.Position - Position) };
        Segment.File.Release();
        return default;
    }

    public FileSlice ToSlice() => IsEmpty ? default : new FileSlice(Segment.File, Position, Length);
}
