using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventSourcing.EventBackbone.Tests.Consuming;

public sealed class ConsumerTests(BrokerFixture broker)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_ManyEvents_EachOnceInOrderAndNotAgainAfterRestart()
    {
        var route = Events.NewRoute();
        var group = NewGroup();
        var first = new RecordingHandler();
        await using (var service = await StartAsync(route, group, first))
        {
            await PublishAsync(service, route, 1, 2_000);
            await first.HasAsync(2_000);
        }
        var second = new RecordingHandler();
        await using var restarted = await StartAsync(route, group, second);
        await PublishAsync(restarted, route, 2_001, 2_100);
        await second.HasAsync(100);

        foreach (var key in first.Records.GroupBy(TopicReader.KeyOf))
            Assert.Equal(key.Select(TopicReader.SequenceOf).Order(), key.Select(TopicReader.SequenceOf));
        Assert.Equal(2_000, first.Records.Count);
        Assert.Equal(Enumerable.Range(2_001, 100).Select(n => (long)n), second.Records.Select(TopicReader.SequenceOf).Order());
    }

    [Fact]
    public async Task HandleAsync_SlowHandler_PausesInsteadOfGrowing()
    {
        var route = Events.NewRoute();
        var handler = new RecordingHandler { Gate = new SemaphoreSlim(0) };
        await using var service = await StartAsync(route, NewGroup(), handler, new()
        {
            ["Backbone:Consuming:InboxRecords"] = "50",
            ["Backbone:Consuming:BatchRecords"] = "10",
        });
        await PublishAsync(service, route, 1, 2_000);

        await Eventually.TrueAsync(() => handler.Waiting == 1, "the handler is busy", stop: Stop);
        handler.Gate.Release(int.MaxValue / 2);
        await handler.HasAsync(2_000);

        Assert.Equal(2_000, handler.Records.Count);
        Assert.All(handler.BatchSizes, size => Assert.InRange(size, 1, 10));
    }

    [Fact]
    public async Task HandleAsync_PoisonAmongGood_GoesToDeadLettersAndTheRestGoesOn()
    {
        var route = Events.NewRoute();
        var handler = new RecordingHandler { IsPoison = record => TopicReader.SequenceOf(record) == 5 };
        await using var service = await StartAsync(route, NewGroup(), handler);

        await PublishAsync(service, route, 1, 10);
        await handler.HasAsync(10);

        var origin = handler.Records.Single(record => TopicReader.SequenceOf(record) == 5);
        var subject = $"{route.Name}/{origin.Partition.Value}/{origin.Offset.Value}";
        var letter = await Eventually.ValueAsync(
            _ => Task.FromResult(TopicReader.ReadAll(broker.BootstrapServers, "dead-letters").Find(record => TopicReader.HeaderOf(record, "ce_subject") == subject)),
            found => found is not null, "the dead letter is there", stop: Stop);
        Assert.Equal(TopicReader.KeyOf(origin), TopicReader.KeyOf(letter!));
        Assert.Equal(origin.Message.Value, letter!.Message.Value);
        Assert.Equal("urn:eventsourcing:test-poison", TopicReader.HeaderOf(letter, "ce_reason"));
    }

    [Fact]
    public async Task HandleAsync_ThrowsTwice_RetriesTheBatchAndGoesOn()
    {
        var route = Events.NewRoute();
        var handler = new RecordingHandler { Failures = 2 };
        await using var service = await StartAsync(route, NewGroup(), handler, new() { ["Backbone:Consuming:RetryDelay"] = "00:00:00.010" });

        await PublishAsync(service, route, 1, 10);
        await handler.HasAsync(10);

        Assert.Equal(10, handler.Records.Count);
    }

    [Fact]
    public async Task HandleAsync_ThrowsForGood_StopsTheHostAndStoresNothing()
    {
        var route = Events.NewRoute();
        var group = NewGroup();
        var broken = new RecordingHandler { Failures = int.MaxValue };
        await using (var service = await StartAsync(route, group, broken, new()
        {
            ["Backbone:Consuming:RetryAttempts"] = "2",
            ["Backbone:Consuming:RetryDelay"] = "00:00:00.010",
        }))
        {
            var stopping = service.Host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            await PublishAsync(service, route, 1, 10);
            await Eventually.TrueAsync(() => stopping.IsCancellationRequested, "the host stops", stop: Stop);
        }
        var healed = new RecordingHandler();
        await using var again = await StartAsync(route, group, healed);
        await healed.HasAsync(10);

        Assert.Equal(10, healed.Records.Count);
    }

    [Fact]
    public async Task Rebalance_SecondMemberJoins_NothingIsLost()
    {
        var route = Events.NewRoute(partitions: 6);
        var group = NewGroup();
        var (first, second) = (new RecordingHandler(), new RecordingHandler());
        await using var one = await StartAsync(route, group, first);
        await PublishAsync(one, route, 1, 1_000);
        await first.HasAsync(1_000);

        await using var two = await StartAsync(route, group, second);
        await Eventually.TrueAsync(() => Progress(two, group).HasAssignment, "the second member has partitions", stop: Stop);
        await PublishAsync(one, route, 1_001, 3_000);
        await Eventually.TrueAsync(() => Distinct(first, second) == 3_000, "all are handled", stop: Stop);

        Assert.NotEmpty(second.Records);
    }

    [Fact]
    public async Task WaitUntilCaughtUpAsync_EventsWaiting_CompletesWhenTheyAreHandled()
    {
        var route = Events.NewRoute();
        var group = NewGroup();
        var handler = new RecordingHandler();
        await using var service = await StartAsync(route, group, handler);
        await PublishAsync(service, route, 1, 500);

        await Progress(service, group).WaitUntilCaughtUpAsync(Stop);

        Assert.Equal(500, handler.Records.Count);
    }

    private static string NewGroup() => $"group-{Guid.NewGuid():N}";

    private static IConsumerProgress Progress(TestService service, string group) =>
        service.Host.Services.GetRequiredKeyedService<IConsumerProgress>(group);

    private static int Distinct(params RecordingHandler[] handlers) =>
        handlers.SelectMany(handler => handler.Records).Select(TopicReader.SequenceOf).Distinct().Count();

    private Task<TestService> StartAsync(Route route, string group, RecordingHandler handler, Dictionary<string, string?>? settings = null) =>
        TestService.StartAsync(broker.BootstrapServers, [route], settings, configure: builder =>
        {
            builder.Services.AddSingleton(handler);
            builder.AddEventConsumer<RecordingHandler>("kafka", group, route.Name);
        });

    private static async Task PublishAsync(TestService service, Route route, int first, int last)
    {
        using var batch = service.Publisher.CreateBatch(route, last - first + 1);
        for (var sequence = first; sequence <= last; sequence++)
            batch.Add(Events.New(sequence, $"key-{sequence % 7}"));
        var receipts = await batch.CompleteAsync(Stop);
        Assert.All(receipts.ToArray(), receipt => Assert.True(receipt.IsAccepted, receipt.Rejection?.Detail));
    }
}
