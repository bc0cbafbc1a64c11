using EventSourcing.Receipts;

namespace EventSourcing.SocialFeed.Tests.Support;

/// <summary>Compares what the simulator was told with what is on the topic.</summary>
internal static class Arrived
{
    /// <summary>Every accepted post is there, once but for marked copies, in order per author; nothing is there that was refused. Returns the first copies.</summary>
    public static async Task<List<PostRecord>> CheckAsync(string bootstrapServers, SourceReceiptsState receipts)
    {
        var records = await PostRecord.ReadAsync(bootstrapServers, receipts.Source);
        var first = records.DistinctBy(record => record.Header("ce_sequence")).ToList();
        long Number(PostRecord record) => long.Parse(record.Header("ce_sequence")!, null);

        Assert.Equal((receipts.Stored?.Count ?? 0) + (receipts.Spooled?.Count ?? 0) - Both(receipts), first.Count);
        Assert.All(first, record => Assert.True(receipts.Stored?.Contains(Number(record)) == true || receipts.Spooled?.Contains(Number(record)) == true));
        Assert.All(records.GroupBy(Number), copies => Assert.InRange(copies.Count(copy => !copy.IsMarked), 0, 1));
        Assert.All(first.GroupBy(record => record.Key), author => Assert.Equal(author.Select(Number).Order(), author.Select(Number)));
        return first;
    }

    private static long Both(SourceReceiptsState receipts) =>
        receipts.Stored is { } stored && receipts.Spooled is { } spooled
            ? Enumerable.Range(1, 100_000).LongCount(number => stored.Contains(number) && spooled.Contains(number)) : 0;
}
