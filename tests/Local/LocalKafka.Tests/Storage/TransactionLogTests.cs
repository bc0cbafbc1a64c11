using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Storage;

/// <summary>Transactions in one partition's log: what is stable, what is aborted, and what of it is known after a crash.</summary>
public sealed class TransactionLogTests : IDisposable
{
    private readonly TempFolder _folder = new("kafka-log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void StableOffset_IsTheStartOfTheOldestOpenTransaction()
    {
        var log = TestLog.Open(_folder.Path);
        log.Append(new TestBatch { Records = 3 });
        log.Append(TestBatch.Transactional(0, records: 2, producerId: 1));
        log.Append(TestBatch.Transactional(0, producerId: 2));

        var both = log.LastStableOffset;
        log.End(commit: true, producerId: 1);
        var second = log.LastStableOffset;
        log.End(commit: false, producerId: 2);

        Assert.Equal((3, 5, 8), (both, second, log.LastStableOffset));
    }

    [Fact]
    public void CommittedRead_EndsBeforeTheFirstUnstableBatch_AndNamesWhatWasAborted()
    {
        var log = TestLog.Open(_folder.Path);
        log.Append(TestBatch.Transactional(0, records: 2, producerId: 1));
        log.End(commit: false, producerId: 1);
        log.Append(new TestBatch { Records = 4 });
        log.Append(TestBatch.Transactional(2, producerId: 1));
        log.Append(new TestBatch());

        var read = log.Read(0, int.MaxValue, atLeastOneBatch: true, IsolationLevel.ReadCommitted);
        var beyond = log.Read(7, int.MaxValue, atLeastOneBatch: true, IsolationLevel.ReadCommitted);

        Assert.Equal((9, 7), (read.HighWatermark, read.LastStableOffset));
        Assert.Equal(log.ReadBytes(0).Length - log.ReadBytes(7).Length, read.Records.Length);
        Assert.Equal([new AbortedTransaction(1, FirstOffset: 0, LastOffset: 2, LastStableOffset: 3)], read.Aborted);
        Assert.Equal((ErrorCode.None, 0), (beyond.Error, beyond.Records.Length));
        read.Records.Release();
    }

    [Fact]
    public void Sequences_GoOnAfterAMarker_AndStartAgainWithItsEpoch()
    {
        var log = TestLog.Open(_folder.Path);
        log.Append(TestBatch.Transactional(0, records: 3));
        log.End(commit: true);

        Assert.Equal(ErrorCode.None, log.Append(TestBatch.Transactional(3)).Error);
        log.End(commit: false, epoch: 1);
        Assert.Equal(ErrorCode.InvalidProducerEpoch, log.Append(TestBatch.Transactional(4)).Error);
        Assert.Equal(ErrorCode.OutOfOrderSequenceNumber, log.Append(TestBatch.Transactional(4, epoch: 1)).Error);
        Assert.Equal(ErrorCode.None, log.Append(TestBatch.Transactional(0, epoch: 1)).Error);
        Assert.Equal(ErrorCode.InvalidProducerEpoch, log.End(commit: false, epoch: 0).Error);
    }

    [Fact]
    public void PlainBatch_InAnOpenTransactionOfItsProducer_IsRefused()
    {
        var log = TestLog.Open(_folder.Path);
        log.Append(TestBatch.Transactional(0));

        Assert.Equal(ErrorCode.InvalidTxnState, log.Append(TestBatch.Idempotent(1)).Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Start_KnowsOpenAndAbortedTransactions_OverSegments(bool orderly)
    {
        var config = LogConfig.Default with { SegmentBytes = 1_000 };
        var log = TestLog.Open(_folder.Path, config);
        for (var i = 0; i < 30; i++)
        {
            log.Append(TestBatch.Transactional(i, producerId: 1));
            log.Append(new TestBatch());
            log.End(commit: i % 3 == 0, producerId: 1);
        }

        log.Append(TestBatch.Transactional(0, producerId: 2));
        var (before, producers) = (Aborted(log), log.DescribeProducers());
        log.Close(orderly);

        var again = TestLog.Open(_folder.Path, config, orderly ? long.MaxValue : 0);

        Assert.True(again.Segments.Count > 3);
        Assert.Equal(20, before.Count);
        Assert.Equal(before, Aborted(again));
        Assert.Equal(90, again.LastStableOffset);
        Assert.Equal(producers.Select(producer => producer with { LastTimestamp = 0 }), again.DescribeProducers().Select(producer => producer with { LastTimestamp = 0 }));
        again.Close(orderly: false);
    }

    [Fact]
    public void CommittedRead_OfAPart_NamesNoTransactionsFarBehindIt()
    {
        var log = TestLog.Open(_folder.Path);
        for (var i = 0; i < 1_000; i++)
        {
            log.Append(TestBatch.Transactional(i, producerId: 1));
            log.End(commit: false, producerId: 1);
        }

        var read = log.Read(1_000, maxBytes: 300, atLeastOneBatch: true, IsolationLevel.ReadCommitted);

        Assert.InRange(read.Aborted!.Count, 1, 60);
        Assert.Equal(1_000, read.Aborted[0].FirstOffset);
        read.Records.Release();
    }

    private static List<AbortedTransaction> Aborted(PartitionLog log)
    {
        var aborted = new List<AbortedTransaction>();
        for (var offset = log.StartOffset; offset < log.LastStableOffset;)
        {
            var read = log.Read(offset, maxBytes: 1, atLeastOneBatch: true, IsolationLevel.ReadCommitted);
            aborted.AddRange(read.Aborted ?? []);
            var header = new byte[RecordBatchHeader.Bytes];
            read.Records.Read(header, 0);
            read.Records.Release();
            offset = RecordBatchHeader.Read(header).NextOffset;
        }

        return [.. aborted.Distinct()];
    }
}
