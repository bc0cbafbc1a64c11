using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.EventBackbone.Tests.Publishing;

public sealed class ReceiptTests(BrokerFixture broker)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PublishAsync_StoredRoute_ReceiptNamesPartitionAndOffset()
    {
        var route = Events.NewRoute();
        await using var service = await TestService.StartAsync(broker.BootstrapServers, [route]);

        var receipt = await service.Publisher.PublishAsync(route, Events.New(1, "a"), Stop);

        Assert.True(receipt.IsAccepted, receipt.Rejection?.Detail);
        Assert.Equal(ReceiptLevel.Stored, receipt.Level);
        var record = Assert.Single(TopicReader.ReadAll(broker.BootstrapServers, route.Name));
        Assert.Equal((record.Partition.Value, record.Offset.Value), (receipt.Partition, receipt.Offset));
        Assert.Equal("a", TopicReader.KeyOf(record));
        Assert.True(service.Books(route).IsBalanced);
    }

    [Theory]
    [InlineData(Durability.FireAndForget)]
    [InlineData(Durability.Leader)]
    [InlineData(Durability.Replicated)]
    public async Task PublishAsync_QueuedRoute_IsQueuedAtOnceAndStoredLater(Durability durability)
    {
        var route = Events.NewRoute(new DeliveryProfile { Durability = durability, Receipt = ReceiptLevel.Queued });
        await using var service = await TestService.StartAsync(broker.BootstrapServers, [route]);

        var task = service.Publisher.PublishAsync(route, Events.New(1), Stop);

        Assert.True(task.IsCompletedSuccessfully);
        Assert.Equal(Receipt.Queued(route.Name), await task);
        await service.StopAsync();
        Assert.Equal(1, service.Books(route).Stored);
        // With acks=0 nobody says when the broker has appended it.
        await Eventually.TrueAsync(
            () => TopicReader.ReadAll(broker.BootstrapServers, route.Name).Count == 1, "the record is in the topic", stop: Stop);
    }

    [Fact]
    public async Task CreateBatch_BadEventAmongGoodOnes_SpoilsOnlyItsOwnReceipt()
    {
        var route = Events.NewRoute(new DeliveryProfile { MaxEventBytes = 2_000 });
        await using var service = await TestService.StartAsync(broker.BootstrapServers, [route]);
        using var batch = service.Publisher.CreateBatch(route, 2);

        batch.Add(Events.New(1));
        batch.Add(new CloudNative.CloudEvents.CloudEvent());
        batch.Add(Events.New(2, bytes: 5_000));
        batch.AddRejected(Rejection.Invalid("refused by the caller"));
        batch.Add(Events.New(3));
        var receipts = (await batch.CompleteAsync(Stop)).ToArray();

        Assert.Equal([true, false, false, false, true], receipts.Select(receipt => receipt.IsAccepted));
        Assert.Equal(Rejection.InvalidType, receipts[1].Rejection!.Type);
        Assert.Equal(Rejection.TooLargeType, receipts[2].Rejection!.Type);
        Assert.Equal("refused by the caller", receipts[3].Rejection!.Detail);
        Assert.Equal(2, TopicReader.ReadAll(broker.BootstrapServers, route.Name).Count);
    }

    [Fact]
    public async Task Publish_ManyThreads_OrderPerKeyHoldsAndBooksBalance()
    {
        const int Threads = 4, PerThread = 2_000;
        var route = Events.NewRoute();
        await using var service = await TestService.StartAsync(broker.BootstrapServers, [route]);
        using var done = new CountdownEvent(Threads * PerThread);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(
            () =>
            {
                for (var sequence = 1; sequence <= PerThread; sequence++)
                    service.Publisher.Publish(route, Events.New(sequence, $"key-{thread}"), done, static (receipt, done) =>
                    {
                        if (receipt.IsAccepted)
                            done.Signal();
                    });
            }, Stop)));

        Assert.True(done.Wait(TimeSpan.FromSeconds(60), Stop));
        var byKey = TopicReader.ReadAll(broker.BootstrapServers, route.Name).GroupBy(TopicReader.KeyOf).ToArray();
        Assert.Equal(Threads, byKey.Length);
        Assert.All(byKey, key => Assert.Equal(Enumerable.Range(1, PerThread).Select(n => (long)n), key.Select(TopicReader.SequenceOf)));
        Assert.Equal(Threads * PerThread, service.Books(route).Stored);
        Assert.True(service.Books(route).IsBalanced);
    }
}
