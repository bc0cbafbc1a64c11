using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Storage.Cleaning;
using EventSourcing.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventSourcing.LocalKafka.Tests.Storage.Cleaning;

/// <summary>The cleaner over all logs of a data directory.</summary>
public sealed class LogCleanerTests : IDisposable
{
    private static readonly LogConfig Compacted = new() { SegmentBytes = 1_000, Compacts = true, DeletesOld = false };
    private readonly TempFolder _folder = new("kafka-cleaner");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CleanedOffsets_AreInKafkasCheckpoint_AndKnownAfterAStart()
    {
        var logs = Open();
        var cleaned = Fill(logs, "compacted", Compacted);
        Fill(logs, "plain", Compacted with { Compacts = false, DeletesOld = true });
        await using var cleaner = Cleaner(logs);

        Assert.True(cleaner.CleanAll(Stop));
        Assert.False(cleaner.CleanAll(Stop));

        Assert.Equal(["0", "1", $"compacted 0 {cleaned.CleanedOffset}"], await File.ReadAllLinesAsync(Checkpoint, Stop));
        Assert.Equal(cleaned.Segments[^1].BaseOffset, cleaned.CleanedOffset);
        logs.Close();
        Assert.Equal(cleaned.CleanedOffset, Open().Open(new TopicPartition("compacted", 0), Compacted).CleanedOffset);
    }

    [Fact]
    public async Task DeletedTopic_LeavesNoCheckpoint_ForOneOfItsName()
    {
        var logs = Open();
        Fill(logs, "again", Compacted);
        await using var cleaner = Cleaner(logs);
        cleaner.CleanAll(Stop);

        logs.Delete(new TopicPartition("again", 0));

        Assert.Equal(["0", "0"], await File.ReadAllLinesAsync(Checkpoint, Stop));
        Assert.Equal(0, logs.Open(new TopicPartition("again", 0), Compacted).CleanedOffset);
        logs.Close();
    }

    [Fact]
    public async Task LogThatCannotBeRead_IsLeftAlone_AndTheOthersAreCleaned()
    {
        var logs = Open();
        var damaged = Fill(logs, "damaged", Compacted);
        var whole = Fill(logs, "whole", Compacted);
        using (var file = new FileStream(damaged.Segments[0].File.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            file.Position = RecordBatchHeader.Bytes + 5;
            file.WriteByte(0xff);
        }

        await using var cleaner = Cleaner(logs);

        Assert.True(cleaner.CleanAll(Stop));
        Assert.False(cleaner.CleanAll(Stop));
        Assert.Equal((0, whole.Segments[^1].BaseOffset), (damaged.CleanedOffset, whole.CleanedOffset));
        logs.Close();
    }

    private string Checkpoint => _folder.File("cleaner-offset-checkpoint");

    private LogManager Open() => new(_folder.Path, toDisk: false, TestLog.Clock(), NullLogger.Instance);

    private static LogCleaner Cleaner(LogManager logs) => new(logs, TimeSpan.FromSeconds(15), 1 << 20, TestLog.Clock(), NullLogger.Instance);

    private static PartitionLog Fill(LogManager logs, string topic, LogConfig config)
    {
        var log = logs.Open(new TopicPartition(topic, 0), config);
        CompactionTests.Fill(log, batches: 40);
        return log;
    }
}
