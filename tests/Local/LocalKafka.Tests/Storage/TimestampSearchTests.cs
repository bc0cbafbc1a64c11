using EventSourcing.LocalKafka.Storage;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Storage;

public sealed class TimestampSearchTests : IDisposable
{
    private readonly TempFolder _folder = new("kafka-time");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryTimestamp_FindsTheFirstRecordThatReachesIt()
    {
        var log = TestLog.Open(_folder.File("t-0"), new LogConfig { SegmentBytes = 40_000 });
        for (var batch = 0; batch < 200; batch++)
            log.Append(new TestBatch { Records = 5, ValueBytes = 200, FirstTimestamp = 10_000 + (batch * 50), TimestampStep = 10 });

        for (var record = 0; record < 1_000; record++)
        {
            var timestamp = 10_000 + (record * 10);
            Assert.Equal(new OffsetAndTimestamp(record, timestamp), TimestampSearch.Find(log, timestamp));
            Assert.Equal(new OffsetAndTimestamp(record, timestamp), TimestampSearch.Find(log, timestamp - 3));
        }

        Assert.Equal(OffsetAndTimestamp.None, TimestampSearch.Find(log, 20_000));
        Assert.Equal(new OffsetAndTimestamp(999, 19_990), TimestampSearch.Find(log, -3));
        log.Close(orderly: true);
    }

    [Fact]
    public void Timestamps_OutOfOrder_StillFindTheFirstOffset()
    {
        var log = TestLog.Open(_folder.File("t-0"));
        foreach (var timestamp in new long[] { 500, 100, 900, 200, 900, 300 })
            log.Append(new TestBatch { FirstTimestamp = timestamp });

        Assert.Equal(new OffsetAndTimestamp(0, 500), TimestampSearch.Find(log, 150));
        Assert.Equal(new OffsetAndTimestamp(2, 900), TimestampSearch.Find(log, 501));
        Assert.Equal(new OffsetAndTimestamp(2, 900), TimestampSearch.Find(log, -3));
        log.Close(orderly: true);
    }

    [Fact]
    public void StartAndEnd_AreTheLogsBounds_AndDeletedRecordsAreNotFound()
    {
        var log = TestLog.Open(_folder.File("t-0"));
        for (var i = 0; i < 10; i++)
            log.Append(new TestBatch { FirstTimestamp = 100 + i });

        log.AdvanceStart(4);

        Assert.Equal(4, TimestampSearch.Find(log, -2).Offset);
        Assert.Equal(10, TimestampSearch.Find(log, -1).Offset);
        Assert.Equal(4, TimestampSearch.Find(log, 100).Offset);
        log.Close(orderly: true);
    }

    [Theory]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Snappy)]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public void CompressedBatch_IsOpened(object codec)
    {
        var log = TestLog.Open(_folder.File("t-0"));
        log.Append(new TestBatch { Records = 5, FirstTimestamp = 100, TimestampStep = 10, Codec = (CompressionType)codec });

        Assert.Equal(new OffsetAndTimestamp(3, 130), TimestampSearch.Find(log, 125));
        log.Close(orderly: true);
    }

    [Fact]
    public void BatchThatCannotBeRead_IsAnsweredWithItsStart()
    {
        var log = TestLog.Open(_folder.File("t-0"));
        log.Append(new TestBatch { Records = 5, FirstTimestamp = 100, TimestampStep = 10, Attributes = (short)CompressionType.Gzip });

        Assert.Equal(0, TimestampSearch.Find(log, 125).Offset);
        log.Close(orderly: true);
    }
}
