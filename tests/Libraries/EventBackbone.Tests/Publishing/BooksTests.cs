using Confluent.Kafka;
using EventSourcing.EventBackbone.Tests.Support;

namespace EventSourcing.EventBackbone.Tests.Publishing;

/// <summary>accepted = stored + queued + spooled + dead-lettered + dropped, at any moment, whatever happens.</summary>
public sealed class BooksTests
{
    private const int PerThread = 3_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Failover.Spool, ReceiptLevel.Stored, Overflow.Reject, 1)]
    [InlineData(Failover.Spool, ReceiptLevel.Stored, Overflow.Wait, 2)]
    [InlineData(Failover.Spool, ReceiptLevel.Queued, Overflow.Reject, 3)]
    [InlineData(Failover.Spool, ReceiptLevel.Spooled, Overflow.Wait, 4)]
    [InlineData(Failover.Refuse, ReceiptLevel.Stored, Overflow.Reject, 5)]
    [InlineData(Failover.Refuse, ReceiptLevel.Queued, Overflow.DropOldest, 6)]
    public async Task FaultsUnderConcurrentLoad_BooksBalanceAtEveryMoment(Failover failover, ReceiptLevel receipt, Overflow overflow, int seed)
    {
        using var harness = new RouteHarness(new DeliveryProfile { Failover = failover, Receipt = receipt, Overflow = overflow, BufferEvents = 200 });
        using var calm = new CancellationTokenSource();
        using var end = new CancellationTokenSource();
        var chaos = Task.Run(() => Chaos(harness, new Random(seed), calm.Token, end.Token), Stop);
        var audit = Task.Run(() => Audit(harness, end.Token), Stop);

        var loads = Enumerable.Range(0, 3).Select(_ => new Load(harness.Publisher, harness.Route)).ToArray();
        await Task.WhenAll(loads.Select((load, thread) => Task.Run(() => Publish(load, thread), Stop)));
        await Task.WhenAll(loads.Select(load => load.AnsweredAsync(Stop)));
        await calm.CancelAsync();
        await await Task.WhenAny(chaos, audit, harness.BooksAsync(books => books.Queued + books.Spooled == 0, "nothing is on its way"));
        await end.CancelAsync();
        await chaos;
        await audit;

        AssertTopic(harness, loads, isAnswered: receipt != ReceiptLevel.Queued || failover == Failover.Spool);
        Assert.Equal(loads.Sum(load => load.Receipts.Values.Count(answer => answer.IsAccepted)), harness.Books.Accepted);
        Assert.Equal((0, 0), (harness.Books.QueuedBytes, harness.Books.SpooledBytes));
    }

    private static void Publish(Load load, int thread)
    {
        for (var n = 1; n <= PerThread; n++)
            load.Publish((thread * PerThread) + n);
    }

    // Mostly delivers; now and then the backbone is away, or everything under way fails, stored or not; until it is told to be calm.
    private static void Chaos(RouteHarness harness, Random random, CancellationToken calm, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            harness.Backbone.Deliver(random.Next(1, 60));
            switch (calm.IsCancellationRequested ? 2 : random.Next(200))
            {
                case 0:
                    harness.Channel.OnReachable(false);
                    harness.Backbone.Deliver(random.Next(20));
                    harness.Channel.OnReachable(true);
                    break;
                case 1:
                    harness.Backbone.Fail(stored: random.Next(2) == 0);
                    break;
                default:
                    Thread.Yield();
                    break;
            }
            harness.Channel.Tick();
        }
    }

    private static void Audit(RouteHarness harness, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var books = harness.Books;
            Assert.True(books.IsBalanced, books.ToString());
            Assert.True(books is { Queued: >= 0, Spooled: >= 0, QueuedBytes: >= 0, SpooledBytes: >= 0 }, books.ToString());
            Thread.Yield();
        }
    }

    private static void AssertTopic(RouteHarness harness, Load[] loads, bool isAnswered)
    {
        var records = harness.Backbone.Topic.Select(record => new ConsumeResult<byte[]?, byte[]?> { Message = record }).ToArray();
        var copies = records.GroupBy(TopicReader.SequenceOf).ToDictionary(group => group.Key, group => group.ToArray());
        foreach (var sequence in isAnswered ? loads.SelectMany(load => load.Receipts).Where(answer => answer.Value.IsAccepted).Select(answer => answer.Key) : [])
            Assert.True(copies.ContainsKey(sequence), $"{sequence} was receipted and is not there");
        foreach (var (sequence, found) in copies)
            Assert.True(found.Count(copy => TopicReader.HeaderOf(copy, "redelivery") is null) <= 1, $"{sequence} is there twice without a mark");
        foreach (var sender in records.GroupBy(record => ((TopicReader.SequenceOf(record) - 1) / PerThread, TopicReader.KeyOf(record))))
        {
            var first = sender.Select(TopicReader.SequenceOf).Distinct().ToArray();
            Assert.Equal(first.Order(), first);
        }
    }
}
