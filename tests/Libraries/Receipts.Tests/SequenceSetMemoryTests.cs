namespace EventSourcing.Receipts.Tests;

/// <summary>Measures the managed heap, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(SequenceSetMemoryTests), DisableParallelization = true)]
[Collection(nameof(SequenceSetMemoryTests))]
public class SequenceSetMemoryTests
{
    [Fact]
    public void Memory_OfFiveMillionNumbersInShuffledPartitions_StaysFlat()
    {
        const int Numbers = 5_000_000;
        const int Partitions = 6;
        var set = new SequenceSet();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long worst = 0;
        for (var partition = 0; partition < Partitions; partition++)
        {
            for (var number = partition + 1; number <= Numbers; number += Partitions)
                set.Add(number);
            worst = Math.Max(worst, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(Numbers, set.Count);
        Assert.InRange(worst, 0, 2_000_000);
        Assert.InRange(set.Segments, 1, 2);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 300_000);
        GC.KeepAlive(set);
    }
}
