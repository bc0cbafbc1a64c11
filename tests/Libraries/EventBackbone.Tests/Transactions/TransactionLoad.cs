using System.Collections.Concurrent;
using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.EventBackbone.Tests.Transactions;

/// <summary>Publishes batches, some of which Kafka refuses, keeps what it was told, and compares it with what kcat reads.</summary>
internal sealed class TransactionLoad(Route route)
{
    /// <summary>What the topics' <c>max.message.bytes</c> must refuse, and the route lets through.</summary>
    public const int TooLargeForKafka = 30_000;

    private const int Most = 8;
    private const int Writers = 3;
    private long _batches;

    private readonly ConcurrentDictionary<long, Receipt[]> _verdicts = new();

    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["Backbone:Producer:batch.size"] = "10000" };

    public int Stored => _verdicts.Values.Count(receipts => receipts[0].IsAccepted);
    public int Refused => _verdicts.Values.Count(receipts => receipts[0].Rejection is { Kind: RejectionKind.Poison });

    public Task RunAsync(EventPublisher publisher, CancellationToken end) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(publisher, end), CancellationToken.None)));

    /// <summary>Every batch as a whole: stored once, or not at all; only where the answer was that nobody knows, either.</summary>
    public async Task AssertAllOrNoneAsync(string bootstrapServers, CancellationToken stop)
    {
        foreach (var topic in route.AdditionalTopics.Prepend(route.Topic))
        {
            var records = await Kcat.ConsumeAllAsync(bootstrapServers, topic.Name, ["-X", "isolation.level=read_committed"], stop: stop);
            var copies = records.GroupBy(record => record.Header("ce_subject")!).ToDictionary(batch => batch.Key, batch => batch.ToArray());
            foreach (var (batch, receipts) in _verdicts)
                AssertWhole(topic.Name, batch, receipts, copies.GetValueOrDefault($"{batch}", []));
            Assert.Subset(_verdicts.Keys.Select(batch => $"{batch}").ToHashSet(), copies.Keys.ToHashSet());
        }
    }

    private static void AssertWhole(string topic, long batch, Receipt[] receipts, KcatRecord[] copies)
    {
        Assert.Single(receipts.Select(receipt => receipt.Rejection).Distinct());
        var ids = copies.Select(copy => copy.Header("ce_id")).ToArray();
        var unknown = receipts[0].Rejection is { IsOutcomeUnknown: true };
        var isWhole = ids.Length == receipts.Length && ids.Distinct().Count() == ids.Length;
        var expected = receipts[0].IsAccepted ? isWhole : ids.Length == 0 || (unknown && isWhole);
        Assert.True(expected, $"{topic}: batch {batch} of {receipts.Length} was answered {receipts[0]}, {ids.Length} are visible");
    }

    private async Task WriteAsync(EventPublisher publisher, CancellationToken end)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!end.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _batches);
            var size = Random.Shared.Next(1, Most);
            var bad = Random.Shared.Next(20) == 0 ? Random.Shared.Next(size) : -1;
            using var batch = publisher.CreateBatch(route, size);
            for (var n = 0; n < size; n++)
            {
                var cloudEvent = Events.New((number * 10) + n, $"key-{n}", n == bad ? TooLargeForKafka : 100);
                cloudEvent.Subject = $"{number}";
                batch.Add(cloudEvent);
            }
            _verdicts[number] = (await batch.CompleteAsync(CancellationToken.None)).ToArray();
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
