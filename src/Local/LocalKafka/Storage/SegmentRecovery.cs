namespace EventSourcing.LocalKafka.Storage;

/// <summary>Reads a segment that may not have been closed in order: cuts it after the last whole, valid batch and rebuilds its indexes.</summary>
internal static class SegmentRecovery
{
    /// <returns>The offset after the last record and the number of bytes cut off.</returns>
    public static (long NextOffset, long CutBytes) Recover(LogSegment segment)
    {
        var length = segment.File.Length;
        segment.Indexes.Clear();
        var next = segment.BaseOffset;
        long validEnd;
        using (var scanner = new BatchScanner(segment.File, 0, length, BatchScanner.RecoveryBlockBytes))
        {
            while (scanner.MoveNextValid(next))
            {
                segment.Indexes.Add(scanner.Current, scanner.Position);
                next = scanner.Current.NextOffset;
            }

            validEnd = scanner.ValidEnd;
        }

        segment.Truncate(validEnd);
        return (next, length - validEnd);
    }
}
