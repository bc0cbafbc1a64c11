namespace EventSourcing.Ledger.Tests.Judging;

/// <summary>Measures the managed heap, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(VolumeTests), DisableParallelization = true)]
[Collection(nameof(VolumeTests))]
public class VolumeTests
{
    private const int Events = 5_000_000;
    private const int Partitions = 6;
    private const int Sources = 10;
    private const int Keys = 1_000_000;

    [Fact]
    public void Memory_OfFiveMillionEventsReadPartitionByPartition_StaysFlat()
    {
        var accounts = new SourceAccounts(maxSources: 1_000, maxSegments: 200_000);
        var lastSequences = new LastSequences(capacity: 100_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var afterTheFirst = 0L;
        for (var partition = 0; partition < Partitions; partition++)
        {
            Read(accounts, lastSequences, partition);
            if (partition == 0)
                afterTheFirst = GC.GetTotalMemory(forceFullCollection: true) - before;
        }
        var atTheEnd = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.Equal(Events, accounts.All.Sum(account => account.OnTopic.Count));
        Assert.Equal(0, accounts.All.Sum(account => account.Duplicated + account.Untracked + account.OutOfOrder));
        Assert.Equal(100_000, lastSequences.Count);
        Assert.InRange(afterTheFirst, 0, 30_000_000);
        Assert.InRange(atTheEnd, 0, afterTheFirst + 2_000_000);
        GC.KeepAlive(accounts);
    }

    private static void Read(SourceAccounts accounts, LastSequences lastSequences, int partition)
    {
        var now = DateTimeOffset.UnixEpoch;
        for (var number = partition; number < Events; number += Partitions)
        {
            var (source, sequence) = ($"/pumps/{number % Sources}", (number / Sources) + 1);
            var key = BitConverter.GetBytes(number % Keys);
            Assert.True(accounts.TryGet("t", source, out var account));
            account.Add(new LedgerRecord("t", partition, key, source, sequence), lastSequences, now);
        }
    }
}
