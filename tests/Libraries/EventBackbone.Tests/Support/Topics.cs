namespace EventSourcing.EventBackbone.Tests.Support;

/// <summary>What a topic must look like.</summary>
internal static class Topics
{
    /// <summary>Every sequence is there; more than once only if a copy says so; the first ones are in order per key.</summary>
    public static void AssertComplete(string bootstrapServers, string topic, IEnumerable<long> expected, bool duplicatesAllowed)
    {
        var records = TopicReader.ReadAll(bootstrapServers, topic);
        var bySequence = records.GroupBy(TopicReader.SequenceOf).ToDictionary(group => group.Key, group => group.ToArray());

        var missing = expected.Where(sequence => !bySequence.ContainsKey(sequence)).ToArray();
        Assert.True(missing.Length == 0, $"missing: {string.Join(", ", missing.Take(20))}");
        foreach (var (sequence, copies) in bySequence)
        {
            var unmarked = copies.Count(copy => TopicReader.HeaderOf(copy, "redelivery") != "possible-duplicate");
            Assert.True(unmarked <= 1, $"{sequence} is there {unmarked} times without a mark");
            Assert.True(duplicatesAllowed || copies.Length == 1, $"{sequence} is there {copies.Length} times");
        }
        foreach (var key in records.GroupBy(TopicReader.KeyOf))
        {
            var first = key.Select(TopicReader.SequenceOf).Distinct().ToArray();
            Assert.Equal(first.Order(), first);
        }
    }
}
