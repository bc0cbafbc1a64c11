using EventSourcing.EventBackbone.Tests.Support;

namespace EventSourcing.EventBackbone.Tests.Transactions;

/// <summary>What a batch on a transactional route promises its caller.</summary>
public sealed class TransactionalBatchTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_IsCommittedWithItsCopies_AndEveryReceiptHasThePositionOnTheRoutesTopic()
    {
        var client = new FakeTransactionClient();
        using var harness = new TransactionHarness(client, null, "copies");
        harness.Start();

        var receipts = await harness.PublishAsync(Stop, 1, 2, 3);

        Assert.All(receipts, receipt => Assert.Equal(("harness", ReceiptLevel.Stored), (receipt.Topic, receipt.Level)));
        Assert.Equal([0L, 2, 4], receipts.Select(receipt => receipt.Offset));
        Assert.Equal(3, client.Committed.Count(record => record.Topic == "harness"));
        Assert.Equal(3, client.Committed.Count(record => record.Topic == "copies"));
        Assert.True(harness.Books is { IsBalanced: true, Stored: 3, QueuedBytes: 0 }, harness.Books.ToString());
    }

    [Fact]
    public async Task OneBadEvent_RefusesTheWholeBatchWithItsReason()
    {
        var client = new FakeTransactionClient();
        using var harness = new TransactionHarness(client, new DeliveryProfile { MaxEventBytes = 1_000 });
        harness.Start();
        using var batch = harness.Publisher.CreateBatch(harness.Route, 3);

        batch.Add(Events.New(1));
        batch.Add(Events.New(2, bytes: 2_000));
        await batch.AddAsync(Events.New(3), stop: Stop);
        var receipts = (await batch.CompleteAsync(Stop)).ToArray();

        Assert.Equal(3, receipts.Length);
        Assert.All(receipts, receipt => Assert.Equal(Rejection.TooLargeType, receipt.Rejection!.Type));
        Assert.Empty(client.Committed);
        Assert.True(harness.Books is { IsBalanced: true, Accepted: 0, Rejected: 3 }, harness.Books.ToString());
    }

    [Fact]
    public async Task CallerRefusedOne_RefusesTheWholeBatch()
    {
        using var harness = new TransactionHarness(new FakeTransactionClient());
        harness.Start();
        using var batch = harness.Publisher.CreateBatch(harness.Route, 2);

        batch.Add(Events.New(1));
        batch.AddRejected(Rejection.Invalid("no type"));
        var receipts = (await batch.CompleteAsync(Stop)).ToArray();

        Assert.All(receipts, receipt => Assert.Equal("no type", receipt.Rejection!.Detail));
    }

    [Fact]
    public async Task LargerThanTheBuffer_IsPoison_NotOverload()
    {
        using var harness = new TransactionHarness(new FakeTransactionClient(), new DeliveryProfile { BufferEvents = 2 });

        var receipts = await harness.PublishAsync(Stop, 1, 2, 3);

        Assert.All(receipts, receipt => Assert.Equal(RejectionKind.Poison, receipt.Rejection!.Kind));
    }

    [Fact]
    public async Task NoRoomForAll_RefusesAll()
    {
        using var harness = new TransactionHarness(new FakeTransactionClient(), new DeliveryProfile { BufferEvents = 3 });
        var first = harness.PublishAsync(Stop, 1, 2);

        var second = await harness.PublishAsync(Stop, 3, 4);
        harness.Start();

        Assert.All(second, receipt => Assert.Equal(Rejection.BufferFullType, receipt.Rejection!.Type));
        Assert.All(await first, receipt => Assert.True(receipt.IsAccepted));
    }

    [Fact]
    public async Task NoRoomForAll_RouteThatWaits_WaitsForAll()
    {
        var client = new FakeTransactionClient();
        using var harness = new TransactionHarness(client, new DeliveryProfile { BufferEvents = 3, Overflow = Overflow.Wait });
        var first = harness.PublishAsync(Stop, 1, 2);
        var second = harness.PublishAsync(Stop, 3, 4);

        harness.Start();
        var receipts = (await first).Concat(await second);

        Assert.All(receipts, receipt => Assert.True(receipt.IsAccepted));
        Assert.Equal([2, 2], client.Transactions);
    }

    [Fact]
    public async Task DisposedBeforeItIsComplete_NothingIsPublished()
    {
        var client = new FakeTransactionClient();
        using var harness = new TransactionHarness(client);
        harness.Start();

        using (var batch = harness.Publisher.CreateBatch(harness.Route, 1))
            batch.Add(Events.New(1));
        await harness.PublishAsync(Stop, 2);

        Assert.Single(client.Committed);
        Assert.True(harness.Books is { IsBalanced: true, Accepted: 1 });
    }
}
