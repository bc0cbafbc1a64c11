using Confluent.Kafka;
using EventSourcing.EventBackbone.Publishing;
using EventSourcing.EventBackbone.Tests.Support;

namespace EventSourcing.EventBackbone.Tests.Publishing;

/// <summary>Events that Kafka refuses for good after their receipt was given.</summary>
public sealed class BuryingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReceiptedAsQueued_KafkaRefusesForGood_BecomesADeadLetter()
    {
        using var harness = new RouteHarness(new DeliveryProfile { Receipt = ReceiptLevel.Queued });
        var office = new Office { Takes = true };
        harness.Channel.DeadLetters = office;
        await harness.Publisher.PublishAsync(harness.Route, Events.New(1, "key"), Stop);

        harness.Backbone.Fail(code: ErrorCode.InvalidRecord);
        await harness.BooksAsync(books => books.DeadLettered == 1, "it is buried");

        Assert.Equal((1, 0, 0, true), (harness.Books.Accepted, harness.Books.Queued, harness.Books.Dropped, harness.Books.IsBalanced));
        Assert.Equal(1, TopicReader.SequenceOf(new ConsumeResult<byte[]?, byte[]?> { Message = Assert.Single(office.Buried) }));
    }

    [Fact]
    public async Task ReceiptedAsQueued_NobodyTakesDeadLetters_IsCountedAsDropped()
    {
        using var harness = new RouteHarness(new DeliveryProfile { Receipt = ReceiptLevel.Queued });
        await harness.Publisher.PublishAsync(harness.Route, Events.New(1), Stop);

        harness.Backbone.Fail(code: ErrorCode.InvalidRecord);
        await harness.BooksAsync(books => books.Dropped == 1, "it is dropped");

        Assert.True(harness.Books.IsBalanced);
    }

    [Fact]
    public async Task Spooled_KafkaRefusesForGoodWhenDrained_StaysOnDiskUntilTheDeadLettersTakeIt()
    {
        using var harness = new RouteHarness(new DeliveryProfile { Receipt = ReceiptLevel.Spooled });
        var office = new Office { Takes = false };
        harness.Channel.DeadLetters = office;
        var receipt = await harness.Publisher.PublishAsync(harness.Route, Events.New(1), Stop);
        await TestKit.Eventually.TrueAsync(() => harness.Backbone.Waiting == 1, "it is being drained", stop: Stop);

        harness.Backbone.Fail(code: ErrorCode.InvalidRecord);
        await TestKit.Eventually.TrueAsync(() => office.Refused > 0, "the dead letters refuse", stop: Stop);
        Assert.Equal((1, 0), (harness.Books.Spooled, harness.Books.DeadLettered));
        office.Takes = true;
        await TestKit.Eventually.TrueAsync(
            () =>
            {
                harness.Backbone.Fail(code: ErrorCode.InvalidRecord);
                return harness.Books.DeadLettered == 1;
            },
            "it is buried", stop: Stop);

        Assert.Equal(ReceiptLevel.Spooled, receipt.Level);
        Assert.Equal((0, 0, true), (harness.Books.Spooled, harness.Books.SpooledBytes, harness.Books.IsBalanced));
    }

    private sealed class Office : IDeadLetterOffice
    {
        private int _refused;

        public bool Takes { get; set; }
        public int Refused => Volatile.Read(ref _refused);
        public System.Collections.Concurrent.ConcurrentQueue<Message<byte[]?, byte[]?>> Buried { get; } = [];

        public void Bury(string topic, Message<byte[]?, byte[]?> record, Rejection reason, Action<bool> done)
        {
            if (Takes)
                Buried.Enqueue(record);
            else
                Interlocked.Increment(ref _refused);
            done(Takes);
        }
    }
}
