using Confluent.Kafka;
using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.EventBackbone.Tests.Publishing;

/// <summary>A refusing route keeps its order when events cannot be acknowledged: they fail together, and nothing overtakes them.</summary>
public sealed class FencingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OldestOverdue_AllBehindItShareItsFate_AndNothingIsAcceptedUntilTheClientReported()
    {
        using var harness = new RouteHarness(new DeliveryProfile { DeliveryTimeout = TimeSpan.FromMilliseconds(100) });
        var load = new Load(harness.Publisher, harness.Route);
        load.Publish(1);
        load.Publish(2);

        await Eventually.TrueAsync(() => Ticked(harness) && load.Receipts.Count == 2, "both are given up", stop: Stop);
        load.Publish(3);
        harness.Backbone.Deliver(1);
        load.Publish(4);
        harness.Backbone.Deliver(1);
        load.Publish(5);
        harness.Backbone.Deliver();

        Assert.All([1L, 2], sequence => Assert.True(load.Receipts[sequence].Rejection!.IsOutcomeUnknown));
        Assert.All([3L, 4], sequence => Assert.Equal(Rejection.UnavailableType, load.Receipts[sequence].Rejection!.Type));
        Assert.Equal(ReceiptLevel.Stored, load.Receipts[5].Level);
        Assert.Equal(3, harness.Backbone.Topic.Count);
        Assert.True(harness.Books is { IsBalanced: true, Accepted: 1, Stored: 1, Rejected: 4, Queued: 0, QueuedBytes: 0 }, harness.Books.ToString());
    }

    [Fact]
    public void OneEventFails_NewOnesAreRefusedUntilThoseBehindItAreReported()
    {
        using var harness = new RouteHarness(new DeliveryProfile());
        var load = new Load(harness.Publisher, harness.Route);
        load.Publish(1);
        load.Publish(2);

        harness.Backbone.FailNext(ErrorCode.Local_Fatal);
        load.Publish(3);
        harness.Backbone.Deliver();
        load.Publish(4);
        harness.Backbone.Deliver();

        Assert.True(load.Receipts[1].Rejection!.IsOutcomeUnknown);
        Assert.Equal(Rejection.UnavailableType, load.Receipts[3].Rejection!.Type);
        Assert.Equal([2L, 4], load.At(ReceiptLevel.Stored));
        Assert.True(harness.Books.IsBalanced);
    }

    [Fact]
    public async Task Batch_OneRefusedForNow_ThoseAfterItAreRefusedWithIt()
    {
        using var harness = new RouteHarness(new DeliveryProfile { BufferBytes = 2_048 });
        using var batch = harness.Publisher.CreateBatch(harness.Route, 4);

        batch.Add(Events.New(1, "a", bytes: 100));
        await batch.AddAsync(Events.New(2, "a", bytes: 1_900), possibleDuplicate: true, Stop);
        batch.Add(Events.New(3, "a", bytes: 100));
        harness.Backbone.Deliver();
        await batch.AddAsync(Events.New(4, "a", bytes: 100), possibleDuplicate: true, Stop);
        var receipts = await batch.CompleteAsync(Stop);

        Assert.Equal([true, false, false, false], receipts.ToArray().Select(receipt => receipt.IsAccepted));
        Assert.All(receipts.ToArray()[1..], receipt => Assert.Equal(Rejection.BufferFullType, receipt.Rejection!.Type));
        Assert.True(harness.Books is { IsBalanced: true, Rejected: 3 });
    }

    [Fact]
    public async Task AddAsync_PossibleDuplicate_IsMarkedOnTheRecord()
    {
        using var harness = new RouteHarness(new DeliveryProfile());
        using var batch = harness.Publisher.CreateBatch(harness.Route, 1);

        await batch.AddAsync(Events.New(1), possibleDuplicate: true, Stop);
        harness.Backbone.Deliver();

        Assert.Contains(Assert.Single(harness.Backbone.Topic).Headers, header => header.Key == "redelivery");
    }

    private static bool Ticked(RouteHarness harness)
    {
        harness.Channel.Tick();
        return true;
    }
}
