using EventSourcing.LocalKafka.Storage;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Storage.Cleaning;

/// <summary>Consumers read while segments are replaced under them: whole batches, in order, and in the end the last value of each key.</summary>
public sealed class CompactionUnderReadersTests : IDisposable
{
    private const int Keys = 20;
    private const int Batches = 3_000;
    private static readonly LogConfig Config = new() { SegmentBytes = 4_000, Compacts = true, DeletesOld = false, DeleteRetentionMs = 0 };
    private readonly TempFolder _folder = new("kafka-compaction");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Readers_DuringManyRounds_MissNothing()
    {
        var log = TestLog.Open(_folder.File("t-0"), Config);
        using var finished = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() => ReadUntil(log, finished.Token))).ToList();

        for (var i = 0; i < Batches; i++)
        {
            log.Append(TestBatch.Of(($"k{i % Keys}", $"{i}")) with { FirstTimestamp = 1_000 + i });
            if (i % 50 == 49)
                log.Clean(now: i);
        }

        await finished.CancelAsync();
        await Task.WhenAll(readers);
        var last = Enumerable.Range(Batches - Keys, Keys).Select(i => (long)i).ToHashSet();
        Assert.All(readers, reader => Assert.Superset(last, reader.Result.ToHashSet()));
        Assert.All(readers, reader => Assert.Equal(reader.Result.Order(), reader.Result));
        log.Close(orderly: true);
    }

    [Fact]
    public void RangeThatWasFound_IsReadFromTheOldFile()
    {
        var log = TestLog.Open(_folder.File("t-0"), Config);
        CompactionTests.Fill(log, batches: 100);
        var before = log.ReadBytes(0);
        var held = log.Read(0, int.MaxValue, atLeastOneBatch: true).Records;
        var old = log.Segments[0];

        log.Clean(now: 0);

        var bytes = new byte[held.Length];
        held.Read(bytes, 0);
        held.Release();
        Assert.Equal(before, bytes);
        Assert.True(old.IsRetired);
        Assert.False(old.File.TryRetain());
        log.Close(orderly: true);
    }

    /// <summary>Follows the log as a consumer does, by offset, and searches by time in between; gives the offsets of the records it met.</summary>
    private static List<long> ReadUntil(PartitionLog log, CancellationToken finished)
    {
        var offsets = new List<long>();
        for (var next = 0L; next < log.EndOffset || !finished.IsCancellationRequested;)
        {
            var bytes = log.ReadBytes(next, maxBytes: 1);
            if (bytes.Length == 0)
                continue;
            var header = RecordBatchHeader.Read(bytes);
            Assert.True(header.LastOffset >= next, $"asked for {next}, got {header.BaseOffset} to {header.LastOffset}");
            Assert.Equal(header.Crc, Crc32C.Compute(bytes.AsSpan(RecordBatchHeader.AttributesAt)));
            if (header.RecordCount > 0)
            {
                offsets.Add(header.BaseOffset);
                var found = TimestampSearch.Find(log, header.MaxTimestamp);
                Assert.True(found.Offset >= header.BaseOffset, $"time {header.MaxTimestamp} of offset {header.BaseOffset} was found at {found}");
            }

            next = header.NextOffset;
        }

        return offsets;
    }
}
