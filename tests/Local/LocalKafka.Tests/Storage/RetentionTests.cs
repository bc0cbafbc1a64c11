using EventSourcing.LocalKafka.Storage;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Storage;

public sealed class RetentionTests : IDisposable
{
    private readonly TempFolder _folder = new("kafka-retention");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RetentionBytes_KeepsAtLeastThatMuch_InWholeSegments()
    {
        var log = Filled(new LogConfig { SegmentBytes = 1_000, RetentionBytes = 3_000, RetentionMs = -1 });

        log.AdvanceStart(RetentionPolicy.NewStartOffset(log, now: 0));

        var kept = log.Segments.Sum(segment => segment.Size);
        Assert.InRange(kept, 3_000, 4_000);
        Assert.Equal(log.Segments[0].BaseOffset, log.StartOffset);
        log.Close(orderly: true);
    }

    [Fact]
    public void RetentionMs_DeletesSegmentsByTheirNewestRecord()
    {
        var log = Filled(new LogConfig { SegmentBytes = 1_000, RetentionMs = 100 });
        var newestOfFirst = log.Segments[0].Indexes.Latest.Timestamp;
        var second = log.Segments[1].BaseOffset;

        Assert.Equal(0, RetentionPolicy.NewStartOffset(log, newestOfFirst + 100));
        Assert.Equal(second, RetentionPolicy.NewStartOffset(log, newestOfFirst + 101));
        log.Close(orderly: true);
    }

    [Fact]
    public void RetentionMs_EmptiesTheLog_WhenEvenTheActiveSegmentIsTooOld()
    {
        var log = Filled(new LogConfig { SegmentBytes = 1_000, RetentionMs = 100 });

        log.AdvanceStart(RetentionPolicy.NewStartOffset(log, now: 1_000_000));

        Assert.Equal((50, 50), (log.StartOffset, log.EndOffset));
        Assert.Equal(0, Assert.Single(log.Segments).Size);
        Assert.Equal(50, log.Append(new TestBatch()).BaseOffset);
        log.Close(orderly: true);
    }

    [Fact]
    public void CompactedTopic_KeepsAll()
    {
        var log = Filled(new LogConfig { SegmentBytes = 1_000, RetentionMs = 100, RetentionBytes = 0, DeletesOld = false });

        Assert.Equal(0, RetentionPolicy.NewStartOffset(log, now: 1_000_000));
        log.Close(orderly: true);
    }

    private PartitionLog Filled(LogConfig config)
    {
        var log = TestLog.Open(_folder.File("t-0"), config);
        for (var i = 0; i < 50; i++)
            log.Append(new TestBatch { ValueBytes = 200, FirstTimestamp = 1_000 + (i * 10) });
        return log;
    }
}
