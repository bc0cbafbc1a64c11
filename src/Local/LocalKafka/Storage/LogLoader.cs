using System.Globalization;
using EventSourcing.LocalKafka.Storage.Cleaning;
using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// Opens a partition's folder. Segments that were on disk when the broker last looked are taken as they are; the others are read batch by batch,
/// the log is cut after the last whole, valid batch, and the producers' state is built again from the log.
/// </summary>
internal sealed class LogLoader(TimeProvider time, ILogger logger)
{
    /// <param name="folder">The partition's folder; created when it is missing.</param>
    /// <param name="recoveryPoint">Offset up to which everything is known to be on disk; <see cref="long.MaxValue"/> after an orderly stop.</param>
    /// <param name="startOffset">Start of the log as last noted; records before it were deleted.</param>
    public LogState Load(string folder, long recoveryPoint, long startOffset)
    {
        Directory.CreateDirectory(folder);
        SegmentSwap.Recover(folder);
        var bases = BaseOffsets(folder);
        if (bases.Count == 0)
            return New(folder, startOffset);

        var recovered = new HashSet<long>();
        var (segments, end) = OpenSegments(folder, bases, recoveryPoint, recovered);
        ProducerStateFile.DeleteOutside(folder, segments[0].BaseOffset, end);
        var start = Math.Clamp(startOffset, segments[0].BaseOffset, end);
        return new LogState([.. segments], LoadProducers(folder, segments, end, recovered), start, end);
    }

    private static LogState New(string folder, long startOffset)
    {
        ProducerStateFile.DeleteOutside(folder, long.MaxValue, long.MaxValue);
        return new LogState([LogSegment.Create(folder, startOffset)], new ProducerStateTable(), startOffset, startOffset);
    }

    private (List<LogSegment> Segments, long End) OpenSegments(string folder, List<long> bases, long recoveryPoint, HashSet<long> recovered)
    {
        var segments = new List<LogSegment>(bases.Count);
        var end = bases[0];
        for (var i = 0; i < bases.Count; i++)
        {
            var isLast = i == bases.Count - 1;
            var mustRecover = isLast ? recoveryPoint < long.MaxValue : bases[i + 1] > recoveryPoint;
            (var segment, end, var cut) = Open(folder, bases[i], isLast, mustRecover, recovered);
            segments.Add(segment);
            if (cut == 0 && (isLast || end <= bases[i + 1]))
                continue;
            DeleteAfter(folder, bases, i);
            if (!isLast)
                segments[^1] = Reopen(folder, segment, bases[i]);
            break;
        }

        return (segments, end);
    }

    private (LogSegment Segment, long End, long CutBytes) Open(string folder, long baseOffset, bool isLast, bool mustRecover, HashSet<long> recovered)
    {
        var opened = LogSegment.TryOpen(folder, baseOffset, writable: isLast, out var segment);
        if (opened && !mustRecover)
            return (segment, isLast ? EndOf(segment) : baseOffset, 0);
        var (end, cut) = SegmentRecovery.Recover(segment);
        recovered.Add(baseOffset);
        if (cut > 0)
            Log.TailTruncated(logger, segment.File.Path, cut, end);
        if (!isLast)
            segment.Indexes.Seal();
        return (segment, end, cut);
    }

    private static LogSegment Reopen(string folder, LogSegment sealedSegment, long baseOffset)
    {
        sealedSegment.Close();
        return LogSegment.TryOpen(folder, baseOffset, writable: true, out var segment)
            ? segment
            : throw new IOException($"The index of {segment.File.Path} cannot be read right after it was rebuilt.");
    }

    private void DeleteAfter(string folder, List<long> bases, int last)
    {
        foreach (var baseOffset in bases.Skip(last + 1))
        {
            LogSegment.TryOpen(folder, baseOffset, writable: false, out var segment);
            Log.SegmentDropped(logger, segment.File.Path);
            segment.Delete();
        }
    }

    private static long EndOf(LogSegment active)
    {
        var end = active.BaseOffset;
        using var scanner = active.Scan(active.Indexes.LastPosition());
        while (scanner.MoveNext())
            end = scanner.Current.NextOffset;
        active.Truncate(scanner.ValidEnd);
        return end;
    }

    /// <summary>
    /// The producers as of the end of the log, from the latest saved state on. The transaction index of a segment that was recovered is built again on
    /// the way, so the walk starts before the first of these.
    /// </summary>
    private ProducerStateTable LoadProducers(string folder, List<LogSegment> segments, long end, HashSet<long> recovered)
    {
        var (table, from) = ProducerStateFile.ReadLatest(folder, recovered.Count > 0 ? recovered.Min() : end);
        foreach (var segment in segments.Skip(from == end ? segments.Count : LogReader.FloorSegment(segments, from)))
        {
            using var scanner = segment.Scan(segment.Indexes.FloorPosition(from));
            while (scanner.MoveNext())
            {
                if (scanner.Current.BaseOffset >= from)
                    Replay(scanner, table, recovered.Contains(segment.BaseOffset) ? segment.Indexes.Aborted : null);
            }
        }

        return table;
    }

    private void Replay(BatchScanner scanner, ProducerStateTable table, TransactionIndex? rebuilt)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!scanner.Current.IsControl)
        {
            table.Add(scanner.Current, now);
        }
        else if (TransactionMarker.Read(scanner.CurrentBatch()) is { } marker)
        {
            if (table.FindAborted(marker, scanner.Current.BaseOffset) is { } aborted)
                rebuilt?.Append(aborted);
            table.Add(marker, now);
        }
    }

    private static List<long> BaseOffsets(string folder) =>
        [.. from path in Directory.EnumerateFiles(folder, "*.log")
            let name = Path.GetFileNameWithoutExtension(path)
            where name.Length == 20 && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            orderby name
            select long.Parse(name, CultureInfo.InvariantCulture)];
}
