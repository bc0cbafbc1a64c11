using EventSourcing.TestKit.Kafka;

namespace EventSourcing.SensorIngest.Tests.Support;

/// <summary>Numbered plain readings, one per line, as <c>mosquitto_pub -l</c> sends them.</summary>
internal static class Lines
{
    /// <summary>Readings with the ids <c>{prefix}1</c> to <c>{prefix}{count}</c>.</summary>
    public static string Of(string prefix, int count) =>
        string.Concat(Enumerable.Range(1, count).Select(i => $$"""{"id":"{{prefix}}{{i}}","pressure":{{i}}.25}""" + "\n"));

    /// <summary>Those ids, in order.</summary>
    public static string[] IdsOf(string prefix, int count) => [.. Enumerable.Range(1, count).Select(i => $"{prefix}{i}")];

    /// <summary>Asserts that every id is there, that second copies are marked, and that first copies are in order.</summary>
    public static void AssertAllOnceOrMarked(IReadOnlyList<TopicRecord> records, string prefix, int count)
    {
        var mine = records.Where(record => record.Id!.StartsWith(prefix, StringComparison.Ordinal)).ToArray();
        var unmarkedTwice = mine.Where(record => !record.IsMarked).GroupBy(record => record.Id).Where(copies => copies.Count() > 1).Select(copies => copies.Key);

        Assert.Equal(IdsOf(prefix, count), mine.Select(record => record.Id!).Distinct());
        Assert.Empty(unmarkedTwice);
    }
}
