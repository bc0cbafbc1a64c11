using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Tests.Storage;

namespace EventSourcing.LocalKafka.Tests.Hosting;

public sealed class CompactionOnAFullDiskTests
{
    private static readonly LogConfig Config = new() { SegmentBytes = 1 << 20, Compacts = true, DeletesOld = false };

    [Fact]
    public async Task Round_ThatFindsNoRoom_LosesNothing_AndIsDoneWhenThereIs()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 8, TestContext.Current.CancellationToken);
        var log = TestLog.Open(Path.Combine(disk.Folder, "t-0"), Config);
        for (var i = 0; i < 3_000; i++)
            log.Append(TestBatch.Of(($"k{i % 2_000}", $"{i} {new string('x', 1_000)}")));
        var fold = log.Fold();
        disk.TakeRoom(megabytes: 4);

        var failure = Assert.Throws<IOException>(() => log.Clean(now: 0));
        var (whileFull, cleaned) = (log.Fold(), log.CleanedOffset);
        var left = Directory.GetFiles(log.Folder, "*.cleaned");
        disk.GiveRoomBack();
        log.Clean(now: 0);

        Assert.Contains("space", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, cleaned);
        Assert.Equal(fold, whileFull);
        Assert.Empty(left);
        Assert.Equal(fold, log.Fold());
        Assert.InRange(log.Records().Count, 2_000, 2_999);
        log.Close(orderly: true);
    }
}
