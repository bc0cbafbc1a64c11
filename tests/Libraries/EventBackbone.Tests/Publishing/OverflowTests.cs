using Confluent.Kafka;
using EventSourcing.EventBackbone.Tests.Support;

namespace EventSourcing.EventBackbone.Tests.Publishing;

public sealed class OverflowTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reject_FullByEvents_RefusesWithOverloadAndRetryAfter()
    {
        using var harness = new RouteHarness(new DeliveryProfile { BufferEvents = 2 });
        var accepted = new[] { Publish(harness, 1), Publish(harness, 2) };

        var refused = await Publish(harness, 3);
        harness.Backbone.Deliver();
        var receipts = await Task.WhenAll(accepted);

        Assert.Equal((RejectionKind.Overload, Rejection.BufferFullType), (refused.Rejection!.Kind, refused.Rejection.Type));
        Assert.NotNull(refused.Rejection.RetryAfter);
        Assert.All(receipts, receipt => Assert.Equal(ReceiptLevel.Stored, receipt.Level));
        Assert.Equal((2, 2, 1), (harness.Books.Accepted, harness.Books.Stored, harness.Books.Rejected));
    }

    [Fact]
    public async Task Reject_FullByBytes_RefusesUntilThereIsRoom()
    {
        using var harness = new RouteHarness(new DeliveryProfile { BufferBytes = 3_000, MaxEventBytes = 2_500 });
        var first = harness.Publisher.PublishAsync(harness.Route, Events.New(1, bytes: 2_000), Stop).AsTask();

        var refused = await harness.Publisher.PublishAsync(harness.Route, Events.New(2, bytes: 2_000), Stop);
        harness.Backbone.Deliver();
        await first;
        var second = harness.Publisher.PublishAsync(harness.Route, Events.New(3, bytes: 2_000), Stop).AsTask();
        harness.Backbone.Deliver();

        Assert.False(refused.IsAccepted);
        Assert.True((await second).IsAccepted);
        Assert.Equal(0, harness.Books.QueuedBytes);
    }

    [Fact]
    public async Task Wait_Full_CallersWaitInOrderAndGoOnOneByOne()
    {
        using var harness = new RouteHarness(new DeliveryProfile { BufferEvents = 1, Overflow = Overflow.Wait });
        var tasks = Enumerable.Range(1, 4).Select(sequence => Publish(harness, sequence)).ToArray();

        Assert.Equal((1, 1), (harness.Backbone.Waiting, harness.Books.Accepted));
        while (tasks.Any(task => !task.IsCompleted))
        {
            harness.Backbone.Deliver(1);
            await Task.Yield();
        }

        Assert.All(await Task.WhenAll(tasks), receipt => Assert.Equal(ReceiptLevel.Stored, receipt.Level));
        Assert.Equal([1, 2, 3, 4], harness.Backbone.Topic.Select(Sequence));
        Assert.True(harness.Books.IsBalanced);
    }

    [Fact]
    public async Task Wait_CallerGivesUp_LeavesTheLineToTheNext()
    {
        using var harness = new RouteHarness(new DeliveryProfile { BufferEvents = 1, Overflow = Overflow.Wait });
        using var giveUp = new CancellationTokenSource();
        var first = Publish(harness, 1);
        var second = harness.Publisher.PublishAsync(harness.Route, Events.New(2), giveUp.Token).AsTask();
        var third = Publish(harness, 3);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        while (!third.IsCompleted)
        {
            harness.Backbone.Deliver(1);
            await Task.Yield();
        }

        Assert.True((await first).IsAccepted && (await third).IsAccepted);
        Assert.Equal([1, 3], harness.Backbone.Topic.Select(Sequence));
        Assert.Equal(2, harness.Books.Accepted);
    }

    [Fact]
    public async Task DropOldest_Full_TheOldestThatWaitsGivesWayAndIsCounted()
    {
        using var harness = new RouteHarness(new DeliveryProfile { BufferEvents = 4, Overflow = Overflow.DropOldest, Receipt = ReceiptLevel.Queued });
        for (var sequence = 1; sequence <= 6; sequence++)     // two are with the client, two wait
            Assert.True((await Publish(harness, sequence)).IsAccepted);

        while (harness.Backbone.Waiting > 0)
            harness.Backbone.Deliver(1);

        Assert.Equal([1, 2, 5, 6], harness.Backbone.Topic.Select(Sequence));
        Assert.Equal((6, 4, 2, true), (harness.Books.Accepted, harness.Books.Stored, harness.Books.Dropped, harness.Books.IsBalanced));
    }

    [Fact]
    public async Task ClientQueueFull_Reject_RefusesAsOverload()
    {
        using var harness = new RouteHarness(new DeliveryProfile());
        harness.Backbone.Refusal = ErrorCode.Local_QueueFull;

        var refused = await Publish(harness, 1);

        Assert.Equal(RejectionKind.Overload, refused.Rejection!.Kind);
        Assert.Equal((0, 0, 1), (harness.Books.Accepted, harness.Books.QueuedBytes, harness.Books.Rejected));
    }

    [Theory]
    [InlineData(false, Rejection.UnavailableType)]
    [InlineData(true, Rejection.OutcomeUnknownType)]
    public async Task DeliveryFails_RefusingRoute_SaysWhetherItMayBeStored(bool stored, string type)
    {
        using var harness = new RouteHarness(new DeliveryProfile());
        var task = Publish(harness, 1);

        harness.Backbone.Fail(stored);
        var receipt = await task;

        Assert.Equal((RejectionKind.Unavailable, type), (receipt.Rejection!.Kind, receipt.Rejection.Type));
        Assert.Equal((0, 0, true), (harness.Books.Accepted, harness.Books.Queued, harness.Books.IsBalanced));
    }

    [Fact]
    public async Task KafkaRefusesForGood_NoReceiptGiven_CallerIsToldPoison()
    {
        using var harness = new RouteHarness(new DeliveryProfile());
        var task = Publish(harness, 1);

        harness.Backbone.Fail(code: ErrorCode.MsgSizeTooLarge);

        Assert.Equal(Rejection.TooLargeType, (await task).Rejection!.Type);
    }

    [Fact]
    public async Task PublishAsync_CallerCancels_TaskEndsAndTheEventIsStoredAllTheSame()
    {
        using var harness = new RouteHarness(new DeliveryProfile());
        using var giveUp = new CancellationTokenSource();
        var task = harness.Publisher.PublishAsync(harness.Route, Events.New(1), giveUp.Token).AsTask();

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        harness.Backbone.Deliver();

        Assert.Equal((1, 1), (harness.Books.Accepted, harness.Books.Stored));
    }

    private static Task<Receipt> Publish(RouteHarness harness, long sequence) =>
        harness.Publisher.PublishAsync(harness.Route, Events.New(sequence), Stop).AsTask();

    private static long Sequence(Message<byte[]?, byte[]?> record) => TopicReader.SequenceOf(new ConsumeResult<byte[]?, byte[]?> { Message = record });
}
