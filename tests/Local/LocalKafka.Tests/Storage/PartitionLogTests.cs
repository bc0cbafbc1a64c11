using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Storage;

public sealed class PartitionLogTests : IDisposable
{
    private readonly TempFolder _folder = new("kafka-log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Batch_IsStoredAsItCame_ExceptForOffsetAndEpoch()
    {
        var log = TestLog.Open(_folder.File("t-0"));
        log.Append(new TestBatch { Records = 5 });
        var sent = new TestBatch { Records = 3, ValueBytes = 77 }.ToBytes();

        var result = log.Append((byte[])sent.Clone(), RecordBatchHeader.Read(sent), new OpenTransactions());
        var stored = log.ReadBytes(5);

        Assert.Equal(5, result.BaseOffset);
        Assert.Equal(5, RecordBatchHeader.Read(stored).BaseOffset);
        Assert.Equal(sent[16..], stored[16..]);
        log.Close(orderly: true);
    }

    [Fact]
    public void Read_FromTheMiddleOfABatch_StartsWithTheWholeBatch()
    {
        var log = TestLog.Open(_folder.File("t-0"));
        for (var i = 0; i < 100; i++)
            log.Append(new TestBatch { Records = 10, ValueBytes = 100 });

        Assert.All(Enumerable.Range(0, 1_000), offset =>
            Assert.Equal(offset / 10 * 10, RecordBatchHeader.Read(log.ReadBytes(offset, maxBytes: 1)).BaseOffset));
        log.Close(orderly: true);
    }

    [Fact]
    public void Read_FirstBatchAboveTheLimit_IsReturnedOnlyWhenOneMustBe()
    {
        var log = TestLog.Open(_folder.File("t-0"));
        log.Append(new TestBatch { ValueBytes = 5_000 });

        Assert.True(log.ReadBytes(0, maxBytes: 100).Length > 5_000);
        Assert.Equal(0, log.Read(0, 100, atLeastOneBatch: false).Records.Length);
        log.Close(orderly: true);
    }

    [Fact]
    public void Read_OutsideTheLog_IsOutOfRange_AndAtItsEndEmpty()
    {
        var log = TestLog.Open(_folder.File("t-0"));
        log.Append(new TestBatch { Records = 2 });

        Assert.Equal(ErrorCode.OffsetOutOfRange, log.Read(3, 100, true).Error);
        Assert.Equal(ErrorCode.OffsetOutOfRange, log.Read(-1, 100, true).Error);
        Assert.Equal((ErrorCode.None, 0), (log.Read(2, 100, true).Error, log.Read(2, 100, true).Records.Length));
        log.Close(orderly: true);
    }

    [Fact]
    public void Segments_RollBySize_AndAllRecordsAreRead()
    {
        var log = TestLog.Open(_folder.File("t-0"), new LogConfig { SegmentBytes = 2_000 });
        for (var i = 0; i < 100; i++)
            log.Append(new TestBatch { ValueBytes = 200 });

        Assert.True(log.Segments.Count >= 12, $"{log.Segments.Count} segments");
        Assert.All(log.Segments, segment => Assert.True(segment.Size <= 2_000));
        Assert.Equal(Enumerable.Range(0, 100).Select(offset => (long)offset), log.Batches().Select(batch => batch.BaseOffset));
        log.Close(orderly: true);
    }

    [Fact]
    public void Segments_RollByRecordTime()
    {
        var log = TestLog.Open(_folder.File("t-0"), new LogConfig { SegmentMs = 1_000 });

        foreach (var timestamp in new long[] { 5_000, 5_500, 6_000, 6_001, 7_002 })
            log.Append(new TestBatch { FirstTimestamp = timestamp });

        Assert.Equal([0L, 3L, 4L], log.Segments.Select(segment => segment.BaseOffset));
        log.Close(orderly: true);
    }

    [Fact]
    public void AdvanceStart_DeletesWholeSegmentsBeforeIt_AndReadersKeepWhatTheyHold()
    {
        var log = TestLog.Open(_folder.File("t-0"), new LogConfig { SegmentBytes = 1_000 });
        for (var i = 0; i < 50; i++)
            log.Append(new TestBatch { ValueBytes = 200 });
        var held = log.Read(0, int.MaxValue, true).Records;

        log.AdvanceStart(30);

        Assert.Equal(30, log.StartOffset);
        Assert.Equal(ErrorCode.OffsetOutOfRange, log.Read(29, 100, true).Error);
        Assert.True(log.Segments[0].BaseOffset <= 30);
        Assert.False(File.Exists(Path.Combine(log.Folder, "00000000000000000000.log")));
        var bytes = new byte[held.Length];
        held.Read(bytes, 0);
        held.Release();
        Assert.Equal(0, RecordBatchHeader.Read(bytes).BaseOffset);
        log.Close(orderly: true);
    }

    [Fact]
    public void LogAppendTime_StampsTheBatch_AndRenewsItsChecksum()
    {
        var clock = TestLog.Clock();
        clock.Advance(TimeSpan.FromDays(1));
        var log = TestLog.Open(_folder.File("t-0"), new LogConfig { LogAppendTime = true }, time: clock);

        var result = log.Append(new TestBatch { Records = 2 });
        var stored = log.ReadBytes(0);
        var header = RecordBatchHeader.Read(stored);

        Assert.Equal(clock.GetUtcNow().ToUnixTimeMilliseconds(), result.AppendTime);
        Assert.Equal(result.AppendTime, header.MaxTimestamp);
        Assert.True(header.IsLogAppendTime);
        Assert.Equal(header.Crc, Crc32C.Compute(stored.AsSpan(RecordBatchHeader.AttributesAt)));
        log.Close(orderly: true);
    }
}
