using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Storage.Cleaning;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Storage.Cleaning;

/// <summary>When a log is worth compacting, and what of it may not be touched.</summary>
public sealed class CompactionLimitsTests : IDisposable
{
    private static readonly LogConfig Config = new() { SegmentBytes = 1_000, Compacts = true, DeletesOld = false };
    private readonly TempFolder _folder = new("kafka-compaction");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ActiveSegment_IsNotTouched()
    {
        var log = Filled(Config);
        var active = log.Segments[^1].BaseOffset;
        var before = log.Records().Where(record => record.Offset >= active).ToList();

        log.Clean(now: 0);

        Assert.Equal(active, log.CleanedOffset);
        Assert.Equal(before, log.Records().Where(record => record.Offset >= active));
        log.Close(orderly: true);
    }

    [Fact]
    public void RecordsWithinTheMinimumLag_AreNotTouched()
    {
        var log = Filled(Config with { MinCompactionLagMs = 100 });
        var third = log.Segments[2];

        var plan = CleaningPlan.Of(log, now: third.Indexes.Latest.Timestamp + 99);

        Assert.Equal(third.BaseOffset, plan.FirstUncleanableOffset);
        log.Close(orderly: true);
    }

    [Fact]
    public void RecordsAboveTheLastStableOffset_AreNotTouched()
    {
        var log = Filled(Config);
        log.Append(TestBatch.Transactional(0));
        var open = log.LastStableOffset;
        for (var i = 0; i < 20; i++)
            log.Append(TestBatch.Of(("k", new string('x', 200))));

        var whileOpen = CleaningPlan.Of(log, now: 0).FirstUncleanableOffset;
        log.End(commit: true);
        var after = CleaningPlan.Of(log, now: 0).FirstUncleanableOffset;

        Assert.True(whileOpen <= open);
        Assert.Equal(log.Segments[^1].BaseOffset, after);
        log.Close(orderly: true);
    }

    [Fact]
    public void DirtyRatio_DecidesWhetherItIsDue()
    {
        var log = Filled(Config);

        Assert.True(CleaningPlan.Of(log, now: 0).IsDue(Config));
        log.Clean(now: 0);
        Assert.False(CleaningPlan.Of(log, now: 0).IsDue(Config with { MinCleanableDirtyRatio = 0 }));
        log.Append(TestBatch.Of(("k", "v")));
        log.Roll();
        var plan = CleaningPlan.Of(log, now: 0);
        Assert.InRange(plan.DirtyRatio, 0.01, 0.5);
        Assert.False(plan.IsDue(Config));
        Assert.True(plan.IsDue(Config with { MinCleanableDirtyRatio = 0.01 }));
        log.Close(orderly: true);
    }

    [Fact]
    public void MaximumLag_MakesItDue_WhateverTheRatio()
    {
        var lazy = Config with { MinCleanableDirtyRatio = 1, MaxCompactionLagMs = 500 };
        var log = Filled(lazy);
        var first = log.Segments[0].Indexes.FirstTimestamp!.Value;

        Assert.False(CleaningPlan.Of(log, first + 500).IsDue(lazy));
        Assert.True(CleaningPlan.Of(log, first + 501).IsDue(lazy));
        log.Close(orderly: true);
    }

    [Fact]
    public void MaximumLag_EndsSegmentsInTime()
    {
        var log = TestLog.Open(_folder.File("t-0"), Config with { MaxCompactionLagMs = 50 });
        foreach (var timestamp in new[] { 1_000, 1_050, 1_051 })
            log.Append(TestBatch.Of(("k", "v")) with { FirstTimestamp = timestamp });

        Assert.Equal([0L, 2L], log.Segments.Select(segment => segment.BaseOffset));
        log.Close(orderly: true);
    }

    [Fact]
    public void DamagedBatch_EndsTheWork_AndLeavesTheLogAsItIs()
    {
        var log = Filled(Config);
        var (records, second) = (log.Records().Count, log.Segments[1]);
        using (var file = new FileStream(second.File.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            file.Position = RecordBatchHeader.Bytes + 5;
            file.WriteByte(0xff);
        }

        Assert.Throws<InvalidDataException>(() => log.Clean(now: 0));

        Assert.Equal(0, log.CleanedOffset);
        Assert.Equal(records, log.Batches().Sum(batch => batch.RecordCount));
        Assert.Empty(Directory.GetFiles(log.Folder, "*.cleaned"));
        log.Close(orderly: true);
    }

    [Fact]
    public void Segments_DeletedWhileTheyWereCleaned_AreNotReplaced()
    {
        var log = Filled(Config);
        LogSegment[] replaced = [log.Segments[0], log.Segments[1]];
        var cleaned = LogSegment.Create(log.Folder, 0, SegmentSwap.Cleaned);

        log.AdvanceStart(log.Segments[1].BaseOffset);

        Assert.False(log.Replace(replaced, cleaned));
        Assert.Equal(log.StartOffset, log.Records()[0].Offset);
        cleaned.Delete();
        log.Close(orderly: true);
    }

    private PartitionLog Filled(LogConfig config)
    {
        var log = TestLog.Open(_folder.File("t-0"), config);
        for (var i = 0; i < 40; i++)
            log.Append(TestBatch.Of(($"k{i % 7}", $"{i} {new string('x', 100)}")) with { FirstTimestamp = 10_000 + (i * 10) });
        return log;
    }
}
