using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.EventBackbone.Tests.Spooling;

public sealed class FullSpoolTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SpoolBytesReached_RefusesWithOverloadAndKeepsWhatItHas()
    {
        using var harness = new RouteHarness(new DeliveryProfile { Failover = Failover.Spool, SpoolBytes = 20_000, MaxEventBytes = 5_000 });
        harness.Channel.OnReachable(false);

        var receipts = await PublishAsync(harness, 1, 200);
        harness.Channel.OnReachable(true);
        await DrainAsync(harness);

        var accepted = receipts.Count(receipt => receipt.IsAccepted);
        Assert.InRange(accepted, 10, 199);
        Assert.All(receipts.Where(receipt => !receipt.IsAccepted), receipt => Assert.Equal(Rejection.SpoolFullType, receipt.Rejection!.Type));
        Assert.Equal(accepted, harness.Backbone.Topic.Count);
        Assert.Equal(0, harness.Books.SpooledBytes);
    }

    [Fact]
    public async Task DiskFull_RefusesWithOverloadLosesNothingAndGoesOnWhenThereIsRoom()
    {
        using var harness = new RouteHarness(new DeliveryProfile { Failover = Failover.Spool }, maxSpoolPages: 60);
        harness.Channel.OnReachable(false);

        var receipts = new List<Receipt>();
        for (var batch = 0; batch < 20; batch++)
            receipts.AddRange(await PublishAsync(harness, (batch * 50) + 1, 50));
        harness.Channel.OnReachable(true);
        await DrainAsync(harness);
        var again = await PublishAsync(harness, 5_001, 10, deliver: true);

        var accepted = receipts.Count(receipt => receipt.IsAccepted);
        Assert.InRange(accepted, 50, 999);
        Assert.All(receipts.Where(receipt => !receipt.IsAccepted), receipt => Assert.Equal(RejectionKind.Overload, receipt.Rejection!.Kind));
        Assert.Equal(accepted + 10, harness.Backbone.Topic.Count);
        Assert.All(again, receipt => Assert.Equal(ReceiptLevel.Stored, receipt.Level));
        Assert.Equal((accepted + 10, true), (harness.Books.Stored, harness.Books.IsBalanced));
    }

    [Fact]
    public async Task DiskFull_ReceiptedAsQueued_WaitsInMemoryAndIsStoredLater()
    {
        using var harness = new RouteHarness(new DeliveryProfile { Failover = Failover.Spool, Receipt = ReceiptLevel.Queued }, maxSpoolPages: 30);
        harness.Channel.OnReachable(false);

        var receipts = await PublishAsync(harness, 1, 1_000);
        harness.Channel.OnReachable(true);
        await DrainAsync(harness);

        Assert.All(receipts, receipt => Assert.True(receipt.IsAccepted));
        Assert.Equal(1_000, harness.Backbone.Topic.Count);
        Assert.Equal((1_000, 0), (harness.Books.Stored, harness.Books.Dropped));
    }

    private static async Task<Receipt[]> PublishAsync(RouteHarness harness, int first, int count, bool deliver = false)
    {
        using var batch = harness.Publisher.CreateBatch(harness.Route, count);
        for (var sequence = first; sequence < first + count; sequence++)
            batch.Add(Events.New(sequence, "key"));
        if (deliver)
            harness.Backbone.Deliver();
        return (await batch.CompleteAsync(Stop)).ToArray();
    }

    private static Task DrainAsync(RouteHarness harness) => Eventually.TrueAsync(
        () =>
        {
            harness.Backbone.Deliver();
            return harness.Books is { Spooled: 0, Queued: 0, IsSpooling: false };
        },
        "the spool is drained", stop: Stop);
}
