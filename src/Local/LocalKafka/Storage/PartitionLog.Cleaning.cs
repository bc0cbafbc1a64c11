using EventSourcing.LocalKafka.Storage.Cleaning;

namespace EventSourcing.LocalKafka.Storage;

/// <content>What compaction needs of a log: one cleaner at a time, and new segments in the place of old ones.</content>
internal sealed partial class PartitionLog
{
    private readonly Lock _cleaning = new();
    private long _cleanedOffset;

    /// <summary>Before this offset compaction has been; in <c>cleaner-offset-checkpoint</c>.</summary>
    public long CleanedOffset { get => Volatile.Read(ref _cleanedOffset); set => Volatile.Write(ref _cleanedOffset, value); }

    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Runs <paramref name="clean"/> while the log stays open: a close waits for its end. Not run when the log is closed.</summary>
    public void Clean(Action clean)
    {
        lock (_cleaning)
        {
            if (!IsClosed)
                clean();
        }
    }

    /// <summary>The aborted transactions with records in the range.</summary>
    public List<AbortedTransaction> AbortedTransactions(long from, long to) => LogReader.CollectAborted(_segments, from, to) ?? [];

    public Dictionary<long, LastOfProducer> LastOfProducers()
    {
        lock (_gate)
            return _producers.Producers.ToDictionary(producer => producer.Key, producer => producer.Value.Last);
    }

    /// <summary>
    /// Puts a cleaned segment in the place of its originals, or answers false when these are no longer all there. Reads that have begun go on in the old files.
    /// </summary>
    /// <exception cref="IOException">A file could not be renamed: the next start, or the next round, brings it to its end.</exception>
    public bool Replace(IReadOnlyList<LogSegment> replaced, LogSegment cleaned)
    {
        lock (_gate)
        {
            var first = Array.IndexOf(_segments, replaced[0]);
            if (_closed || first < 0 || !_segments.Skip(first).Take(replaced.Count).SequenceEqual(replaced))
                return false;
            foreach (var old in replaced)
                old.Indexes.KeepInMemory();
            foreach (var _ in SegmentSwap.Steps(Folder, [.. replaced.Select(segment => segment.BaseOffset)]))
            {
                // Each step is done when it is taken.
            }

            if (!LogSegment.TryOpen(Folder, cleaned.BaseOffset, writable: false, out var segment))
                throw new IOException($"The index of {segment.File.Path} cannot be read right after it was written.");
            _segments = [.. _segments[..first], segment, .. _segments[(first + replaced.Count)..]];
            foreach (var old in replaced.Skip(1))
                ProducerStateFile.Delete(Folder, old.BaseOffset);
        }

        foreach (var segment in replaced)
            segment.Retire();
        return true;
    }
}
