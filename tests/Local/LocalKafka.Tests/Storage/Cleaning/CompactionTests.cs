using EventSourcing.LocalKafka.Storage;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Storage.Cleaning;

/// <summary>What compaction keeps and what it removes.</summary>
public sealed class CompactionTests : IDisposable
{
    private const long Now = 1_700_000_100_000;
    private static readonly LogConfig Config = new() { SegmentBytes = 2_000, Compacts = true, DeletesOld = false, DeleteRetentionMs = 1_000 };
    private readonly TempFolder _folder = new("kafka-compaction");

    private string Folder => _folder.File("t-0");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CompressionType.None)]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Snappy)]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public void LastValueOfEachKey_StaysAtItsOffset(object codec)
    {
        var log = TestLog.Open(Folder, Config);
        Fill(log, batches: 60, (CompressionType)codec);
        var (fold, end) = (log.Fold(), log.EndOffset);
        var last = LastOfEachKey(log);
        var (segments, bytes, active) = (log.Segments.Count, log.Segments.Sum(segment => segment.Size), log.Segments[^1].BaseOffset);

        log.Clean(Now);
        log.Clean(Now); // puts together what has become small

        Assert.Equal(fold, log.Fold());
        Assert.Equal(end, log.EndOffset);
        Assert.Equal(last, LastOfEachKey(log));
        Assert.Equal(active, log.CleanedOffset);
        var cleaned = log.Records().Where(record => record.Offset < active).ToList();
        Assert.Equal(cleaned.Count, cleaned.Select(record => record.Key).Distinct().Count());
        Assert.True(log.Segments.Count < segments, $"{segments} segments before, {log.Segments.Count} after");
        Assert.True(log.Segments.Sum(segment => segment.Size) < bytes / 2);
        Assert.All(log.Batches().Where(batch => batch.RecordCount > 0), batch => Assert.Equal(codec, batch.Compression));
        log.Close(orderly: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CleanedLog_IsTheSameAfterAStart(bool orderly)
    {
        var log = TestLog.Open(Folder, Config);
        Fill(log, batches: 60);
        log.Clean(Now);
        var (records, end) = (log.Records(), log.EndOffset);
        log.Close(orderly);

        var again = TestLog.Open(Folder, Config, orderly ? long.MaxValue : 0);

        Assert.Equal(records, again.Records());
        Assert.Equal(end, again.Append(TestBatch.Of(("k", "v"))).BaseOffset);
        again.Close(orderly: true);
    }

    [Fact]
    public void Tombstone_StaysUntilItsHorizon_AndThenGoes()
    {
        var log = TestLog.Open(Folder, Config);
        log.Append(TestBatch.Of(("gone", "1"), ("kept", "1")));
        log.Append(TestBatch.Of(("gone", null), ("kept", "2")));
        log.Roll();
        log.Append(TestBatch.Of(("active", "1")));

        log.Clean(Now);
        var cleaned = log.Records();
        var horizon = log.Batches()[0].DeleteHorizon;
        log.Clean(Now + 999);
        var before = log.Records();
        log.Clean(Now + 1_000);

        Assert.Equal([("gone", null), ("kept", "2"), ("active", "1")], cleaned.Select(record => (record.Key, record.Value)));
        Assert.Equal(Now + 1_000, horizon);
        Assert.Equal(cleaned, before);
        Assert.Equal([("kept", "2"), ("active", "1")], log.Records().Select(record => (record.Key, record.Value)));
        log.Close(orderly: true);
    }

    [Fact]
    public void ValueAfterATombstone_Stays()
    {
        var log = TestLog.Open(Folder, Config);
        foreach (var value in new[] { "1", null, "2" })
            log.Append(TestBatch.Of(("k", value)));
        log.Roll();

        log.Clean(Now);
        log.Clean(Now + 5_000);

        Assert.Equal("2", Assert.Single(log.Records()).Value);
        log.Close(orderly: true);
    }

    [Fact]
    public void SmallMap_TakesMoreRounds_ToTheSameEnd()
    {
        var log = TestLog.Open(Folder, Config);
        Fill(log, batches: 60);
        var (fold, active) = (log.Fold(), log.Segments[^1].BaseOffset);

        var rounds = 0;
        for (; log.CleanedOffset < active; rounds++)
            log.Clean(Now, maxMapBytes: 240);

        Assert.True(rounds > 3, $"{rounds} rounds");
        Assert.Equal(fold, log.Fold());
        var cleaned = log.Records().Where(record => record.Offset < active).ToList();
        Assert.Equal(cleaned.Count, cleaned.Select(record => record.Key).Distinct().Count());
        log.Close(orderly: true);
    }

    [Fact]
    public void Batch_OfWhichNothingIsLeft_GoesAsAWhole_ExceptTheLastOfTheRange()
    {
        var log = TestLog.Open(Folder, Config);
        log.Append(TestBatch.Of(("k", "1")));
        log.Append(TestBatch.Of(("k", "2")));
        log.Append(TestBatch.Of(("k", null)));
        log.Roll();
        log.Append(TestBatch.Of(("other", "1")));

        log.Clean(Now);
        log.Clean(Now + 5_000);

        Assert.Equal([(2L, 0), (3L, 1)], log.Batches().Select(batch => (batch.BaseOffset, batch.RecordCount)));
        log.Close(orderly: true);
    }

    [Fact]
    public void TimeSearch_StepsOverGaps()
    {
        var log = TestLog.Open(Folder, Config);
        for (var i = 0; i < 40; i++)
            log.Append(TestBatch.Of(($"k{i % 4}", $"{i} {new string('x', 100)}")) with { FirstTimestamp = 1_000 + (i * 10) });
        var active = log.Segments[^1].BaseOffset;

        log.Clean(Now);

        var records = log.Records();
        Assert.True(records.Count < 20);
        for (var timestamp = 990; timestamp <= 1_390; timestamp += 5)
        {
            var expected = records.First(record => record.Timestamp >= timestamp);
            Assert.Equal(new OffsetAndTimestamp(expected.Offset, expected.Timestamp), TimestampSearch.Find(log, timestamp));
        }

        Assert.Equal(new OffsetAndTimestamp(39, 1_390), TimestampSearch.Find(log, -3));
        Assert.True(active < 39);
        log.Close(orderly: true);
    }

    [Fact]
    public void CompactAndDelete_StillDeletesWhatIsOld()
    {
        var log = TestLog.Open(Folder, Config with { DeletesOld = true, RetentionMs = 1_000 });
        for (var i = 0; i < 40; i++)
            log.Append(TestBatch.Of(($"k{i % 4}", $"{i} {new string('x', 100)}")) with { FirstTimestamp = 1_000 + (i * 10) });
        log.Clean(Now);

        log.AdvanceStart(RetentionPolicy.NewStartOffset(log, now: 1_000_000));

        Assert.Equal((40, 40), (log.StartOffset, log.EndOffset));
        Assert.Empty(log.Records());
        log.Close(orderly: true);
    }

    private static List<TestRecord> LastOfEachKey(PartitionLog log) =>
        [.. log.Records().GroupBy(record => record.Key).Select(key => key.Last()).OrderBy(record => record.Offset)];

    internal static void Fill(PartitionLog log, int batches, CompressionType codec = CompressionType.None)
    {
        var random = new Random(4711);
        for (var i = 0; i < batches; i++)
        {
            var records = Enumerable.Range(0, random.Next(1, 8)).Select(_ => ($"key-{random.Next(40)}", random.Next(6) == 0 ? null : $"{i} {new string('v', random.Next(80))}"));
            log.Append(TestBatch.Of([.. records]) with { Codec = codec });
        }
    }
}
