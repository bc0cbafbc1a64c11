using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Storage.Cleaning;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Storage.Cleaning;

/// <summary>The folder of a log as the end of the process leaves it at every step of a swap: the next start finds the same log, and no leftover.</summary>
public sealed class SegmentSwapTests : IDisposable
{
    private const long Now = 1_700_000_100_000;
    private static readonly LogConfig Config = new() { SegmentBytes = 1_200, Compacts = true, DeletesOld = false };
    private static readonly LogConfig Merging = Config with { SegmentBytes = 1 << 20 };
    private readonly TempFolder _folder = new("kafka-swap");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Crash_AtEveryStep_LosesNothing()
    {
        var (log, bases) = WriteLog();
        var expected = CommittedReader.Fold(log);
        var end = log.EndOffset;
        log.Close(orderly: false);
        PutCleanedFiles(bases);

        var steps = new List<string> { "cleaned" };
        Copy(_folder.File("t-0"), _folder.File("step-0"));
        foreach (var step in SegmentSwap.Steps(_folder.File("t-0"), bases))
        {
            Copy(_folder.File("t-0"), _folder.File($"step-{steps.Count}"));
            steps.Add(step);
        }

        Assert.True(steps.Count > 20, $"{steps.Count} steps");
        for (var i = 0; i < steps.Count; i++)
            Check(_folder.File($"step-{i}"), steps[i], expected, end);
    }

    [Fact]
    public void Crash_WhileTheCleanedSegmentIsWritten_LeavesTheOldOnes()
    {
        var (log, bases) = WriteLog();
        var (expected, end, records) = (CommittedReader.Fold(log), log.EndOffset, log.Records());
        log.Close(orderly: false);
        PutCleanedFiles(bases);
        var torn = Directory.GetFiles(_folder.File("t-0"), "*.log.cleaned").Single();
        using (var file = File.OpenWrite(torn))
            file.SetLength(file.Length / 2);

        Copy(_folder.File("t-0"), _folder.File("torn"));
        var again = TestLog.Open(_folder.File("t-0"), Merging);
        Assert.Equal(records, again.Records());
        again.Close(orderly: true);
        Check(_folder.File("torn"), "torn", expected, end);
    }

    /// <summary>A log of several segments with transactions in them, and the base offsets of those that are cleaned together.</summary>
    private (PartitionLog Log, List<long> Bases) WriteLog()
    {
        var log = TestLog.Open(_folder.File("t-0"), Config);
        for (var i = 0; i < 40; i++)
        {
            log.Append(TestBatch.Transactional(i) with { Content = [($"k{i % 6}", $"{i} {new string('x', 50)}")] });
            log.End(commit: i % 3 != 1);
            log.Append(TestBatch.Of(($"k{i % 5}", $"plain {i}")));
        }

        return (log, [.. log.Segments.SkipLast(1).Select(segment => segment.BaseOffset)]);
    }

    /// <summary>Cleans a copy of the log and puts the segment that came out beside the old ones, with the suffix that it has before a swap.</summary>
    private void PutCleanedFiles(List<long> bases)
    {
        Copy(_folder.File("t-0"), _folder.File("clean"));
        var clean = TestLog.Open(_folder.File("clean"), Merging);
        clean.Clean(Now);
        Assert.Equal(2, clean.Segments.Count);
        Assert.True(clean.Segments[0].Indexes.Aborted.Count > 0);
        clean.Close(orderly: true);
        foreach (var file in Directory.GetFiles(_folder.File("clean"), $"{bases[0]:D20}.*").Where(file => !file.EndsWith(".producers", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(_folder.File("t-0"), Path.GetFileName(file) + SegmentSwap.Cleaned));
    }

    private static void Check(string folder, string step, SortedDictionary<string, string> expected, long end)
    {
        var log = TestLog.Open(folder, Merging);
        Assert.True(expected.SequenceEqual(CommittedReader.Fold(log)), $"other records after {step}");
        Assert.Equal((step, end, end), (step, log.EndOffset, log.LastStableOffset));
        Assert.All(Directory.GetFiles(folder), file => Assert.Contains(Path.GetExtension(file), new[] { ".log", ".index", ".timeindex", ".txnindex", ".producers" }));
        log.Clean(Now);
        log.Clean(Now + 100_000_000);
        Assert.True(expected.SequenceEqual(CommittedReader.Fold(log)), $"other records after {step} and a round of cleaning");
        log.Close(orderly: false);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
