using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Storage.Cleaning;

/// <summary>Compaction of transactions, their markers, and what is known of producers.</summary>
public sealed class CompactionOfTransactionsTests : IDisposable
{
    private const long Now = 1_700_000_100_000;
    private static readonly LogConfig Config = new() { Compacts = true, DeletesOld = false, DeleteRetentionMs = 1_000 };
    private readonly TempFolder _folder = new("kafka-compaction");

    private string Folder => _folder.File("t-0");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AbortedRecords_Go_AndShadowNothing()
    {
        var log = TestLog.Open(Folder, Config);
        log.Append(TestBatch.Of(("k", "kept")));
        log.Append(Transactional(0, ("k", "aborted"), ("new", "aborted")));
        log.End(commit: false);
        log.Roll();

        log.Clean(Now);

        Assert.Equal([(0L, "kept")], log.Records().Select(record => (record.Offset, record.Value)));
        log.Close(orderly: true);
    }

    [Fact]
    public void Markers_StayWithTheirRecords_AndAHorizonLonger()
    {
        var log = TestLog.Open(Folder, Config);
        log.Append(Transactional(0, ("a", "1")));
        log.End(commit: true);
        log.Append(Transactional(1, ("a", "2")));
        log.End(commit: false);
        log.Append(Transactional(2, ("b", "3")));
        log.End(commit: true);
        log.Append(TestBatch.Of(("a", "4"), ("b", "4")));
        log.Roll();
        log.Append(Transactional(3, ("c", "5")));
        log.End(commit: true);

        var markers = new List<long[]> { Markers(log) };
        foreach (var now in new[] { Now, Now + 1, Now + 1_000, Now + 1_001 })
        {
            log.Clean(now);
            markers.Add(Markers(log));
        }

        Assert.Equal([1, 3, 5, 9], markers[0]);
        Assert.Equal([1, 3, 5, 9], markers[1]); // the records went in this round, and a consumer may be between them and their markers
        Assert.Equal([1, 3, 5, 9], markers[2]); // now the markers have a horizon
        Assert.Equal([1, 3, 5, 9], markers[3]);
        Assert.Equal([9], markers[4]);
        Assert.Equal([("a", "4"), ("b", "4"), ("c", "5")], log.Records().Select(record => (record.Key, record.Value)));
        log.Close(orderly: true);
    }

    [Fact]
    public void CommittedReader_SeesTheSame_BeforeAndAfter_AndAfterARecovery()
    {
        var config = Config with { SegmentBytes = 1_500 };
        var log = TestLog.Open(Folder, config);
        var random = new Random(4711);
        var sequences = new int[4];
        for (var i = 0; i < 120; i++)
        {
            var producer = random.Next(4);
            log.Append(Transactional(sequences[producer], ($"k{random.Next(10)}", random.Next(5) == 0 ? null : $"{i} {new string('x', random.Next(60))}")) with { ProducerId = producer });
            sequences[producer]++;
            if (random.Next(3) == 0)
                log.End(commit: random.Next(2) == 0, producerId: producer);
        }

        foreach (var producer in Enumerable.Range(0, 4))
            log.End(commit: true, producerId: producer);
        var committed = CommittedReader.Fold(log);

        for (var round = 0; round < 3; round++)
        {
            log.Clean(Now + (round * 2_000));
            Assert.Equal(committed, CommittedReader.Fold(log));
        }

        log.Close(orderly: false);
        foreach (var file in Directory.GetFiles(Folder, "*.txnindex").Concat(Directory.GetFiles(Folder, "*.producers")))
            File.Delete(file);
        var again = TestLog.Open(Folder, config);

        Assert.Equal(committed, CommittedReader.Fold(again));
        Assert.Equal(again.EndOffset, again.LastStableOffset);
        again.Close(orderly: true);
    }

    [Fact]
    public void LastBatchOfAProducer_LeavesItsHeader_SoThatItsSequencesGoOn()
    {
        var log = TestLog.Open(Folder, Config);
        for (var sequence = 0; sequence < 4; sequence++)
            log.Append(TestBatch.Idempotent(sequence) with { Content = [("k", $"{sequence}")] });
        log.Append(TestBatch.Of(("k", "last")));
        log.Roll();
        log.Append(TestBatch.Of(("other", "1")));
        log.Clean(Now);
        var left = log.Batches().Single(batch => batch.ProducerId == 7);
        log.Close(orderly: false);
        foreach (var file in Directory.GetFiles(Folder, "*.producers"))
            File.Delete(file);

        var again = TestLog.Open(Folder, Config);

        Assert.Equal((3L, 3, 0), (left.BaseOffset, left.BaseSequence, left.RecordCount));
        Assert.Equal(3, again.Append(TestBatch.Idempotent(3)).BaseOffset);
        Assert.Equal(ErrorCode.OutOfOrderSequenceNumber, again.Append(TestBatch.Idempotent(5)).Error);
        Assert.Equal(6, again.Append(TestBatch.Idempotent(4)).BaseOffset);
        again.Close(orderly: true);
    }

    [Fact]
    public void BatchWithSomeOfItsRecords_KeepsOffsetsAndSequences()
    {
        var log = TestLog.Open(Folder, Config);
        log.Append(TestBatch.Idempotent(0, records: 5) with { Content = [("a", "1"), ("b", "1"), ("c", "1"), ("d", "1"), ("e", "1")] });
        log.Append(TestBatch.Of(("a", "2"), ("e", "2")));
        log.Roll();

        log.Clean(Now);

        var header = log.Batches()[0];
        Assert.Equal((0L, 4L, 0, 4, 3), (header.BaseOffset, header.LastOffset, header.BaseSequence, header.LastSequence, header.RecordCount));
        Assert.Equal([1L, 2L, 3L, 5L, 6L], log.Records().Select(record => record.Offset));
        log.Close(orderly: true);
    }

    private static TestBatch Transactional(int sequence, params (string? Key, string? Value)[] records) =>
        TestBatch.Transactional(sequence, records.Length) with { Content = records };

    private static long[] Markers(PartitionLog log) => [.. log.Batches().Where(batch => batch.IsControl).Select(batch => batch.BaseOffset)];
}
