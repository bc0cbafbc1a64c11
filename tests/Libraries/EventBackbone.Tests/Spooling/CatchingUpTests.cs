using Confluent.Kafka;
using EventSourcing.EventBackbone.Options;
using EventSourcing.EventBackbone.Publishing;
using EventSourcing.EventBackbone.Spooling;
using EventSourcing.EventBackbone.Telemetry;
using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventSourcing.EventBackbone.Tests.Spooling;

/// <summary>A route that spools publishes directly again while events keep coming: it does not wait for a moment without any.</summary>
public sealed class CatchingUpTests
{
    private static readonly DeliveryProfile Spooling = new() { Failover = Failover.Spool };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SpoolWithTheClient_NotYetStored_TheNextEventFollowsItDirectly()
    {
        using var harness = new RouteHarness(Spooling);
        await SpoolThreeAsync(harness);

        harness.Channel.OnReachable(true);
        await harness.BooksAsync(books => !books.IsSpooling, "the route has caught up");
        var next = harness.Publisher.PublishAsync(harness.Route, Events.New(4, "key"), Stop);
        var before = harness.Books;
        harness.Backbone.Deliver();

        Assert.Equal((3, 1), (before.Spooled, before.Queued));
        Assert.Equal(ReceiptLevel.Stored, (await next).Level);
        Assert.Equal([1, 2, 3, 4], Sequences(harness.Backbone));
        Assert.Equal((4, 0, 0, true), (harness.Books.Stored, harness.Books.Spooled, harness.Books.SpooledBytes, harness.Books.IsBalanced));
    }

    [Fact]
    public async Task SpoolFails_AfterTheRouteHadCaughtUp_WhatFollowedItIsSpooledToo_AndAllAreStoredInOrder()
    {
        using var harness = new RouteHarness(Spooling);
        await SpoolThreeAsync(harness);
        harness.Channel.OnReachable(true);
        await harness.BooksAsync(books => !books.IsSpooling, "the route has caught up");
        var next = harness.Publisher.PublishAsync(harness.Route, Events.New(4, "key"), Stop);

        harness.Backbone.Fail();
        var receipt = await next;
        await Eventually.TrueAsync(
            () =>
            {
                harness.Backbone.Deliver();
                return harness.Books.Stored == 4;
            },
            "all are stored", stop: Stop);

        Assert.Equal(ReceiptLevel.Spooled, receipt.Level);
        Assert.Equal([1, 2, 3, 4], Sequences(harness.Backbone));
        Assert.Equal((0, 0, true), (harness.Books.Spooled, harness.Books.SpooledBytes, harness.Books.IsBalanced));
    }

    [Fact]
    public async Task EventThatWaitsToBeWritten_IsSentInstead_OnceAllBeforeItIsWithTheClient()
    {
        using var route = new HandWorkedRoute();
        var first = await route.SpoolAsync(1);
        var second = route.Publish(2);

        var tooEarly = route.Channel.TrySendUnwritten(route.Spool.Waiting.Peek());
        route.Channel.Drain(route.Channel.GetDrainWindow(), [first]);
        var inTurn = route.Channel.TrySendUnwritten(route.Spool.Waiting.Dequeue());
        var books = route.Channel.GetStatistics();
        route.Backbone.Deliver();

        Assert.Equal((false, true), (tooEarly, inTurn));
        Assert.Equal((1, 1, first.Bytes, false), (books.Spooled, books.Queued, books.SpooledBytes, books.IsSpooling));
        Assert.Equal(ReceiptLevel.Stored, (await second).Level);
        Assert.Equal([1, 2], Sequences(route.Backbone));
    }

    [Fact]
    public async Task EventThatWaitsToBeWritten_AndTheClientIsFull_IsWritten()
    {
        using var route = new HandWorkedRoute();
        var first = await route.SpoolAsync(1);
        var second = route.Publish(2);
        route.Channel.Drain(route.Channel.GetDrainWindow(), [first]);

        route.Backbone.Refusal = ErrorCode.Local_QueueFull;
        var sent = route.Channel.TrySendUnwritten(route.Spool.Waiting.Peek());
        route.Backbone.Refusal = null;
        route.Channel.OnWritten(route.Spool.Waiting.Dequeue());
        var books = route.Channel.GetStatistics();

        Assert.False(sent);
        Assert.Equal(ReceiptLevel.Spooled, (await second).Level);
        Assert.Equal((2, 0, true, true), (books.Spooled, books.Queued, books.IsSpooling, books.IsBalanced));
    }

    private static async Task SpoolThreeAsync(RouteHarness harness)
    {
        harness.Channel.OnReachable(false);
        for (var sequence = 1; sequence <= 3; sequence++)
            Assert.Equal(ReceiptLevel.Spooled, (await harness.Publisher.PublishAsync(harness.Route, Events.New(sequence, "key"), Stop)).Level);
    }

    private static IEnumerable<long> Sequences(FakeBackbone backbone) =>
        backbone.Topic.Select(record => TopicReader.SequenceOf(new ConsumeResult<byte[]?, byte[]?> { Message = record }));

    /// <summary>A route whose spool does only what the test does in its place.</summary>
    private sealed class HandWorkedRoute : IDisposable
    {
        private readonly BackboneTelemetry _telemetry = new();
        private readonly Route _route = new(new TopicDeclaration("by-hand", "key"), Spooling);
        private readonly EventPublisher _publisher;

        public HandWorkedRoute()
        {
            Channel = new RouteChannel(new RouteSettings(_route, Spooling), Backbone, Spool, TimeSpan.FromSeconds(1), _telemetry, NullLogger.Instance);
            _publisher = new EventPublisher([Channel], NullLogger.Instance);
        }

        public RouteChannel Channel { get; }
        public FakeBackbone Backbone { get; } = new();
        public WaitingWrites Spool { get; } = new();

        public Task<Receipt> Publish(long sequence) => _publisher.PublishAsync(_route, Events.New(sequence, "key"), Stop).AsTask();

        /// <summary>Spools an event in an outage, which is over when this returns.</summary>
        public async Task<SpooledRecord> SpoolAsync(long sequence)
        {
            Channel.OnReachable(false);
            var receipt = Publish(sequence);
            var pending = Spool.Waiting.Dequeue();
            var record = new SpooledRecord(pending.Order, pending.Bytes, WasAttempted: false, pending.Record);
            Channel.OnWritten(pending);
            Assert.Equal(ReceiptLevel.Spooled, (await receipt).Level);
            Channel.OnReachable(true);
            return record;
        }

        public void Dispose() => _telemetry.Dispose();
    }

    private sealed class WaitingWrites : ISpool
    {
        public Queue<PendingEvent> Waiting { get; } = [];

        public void Write(PendingEvent pending) => Waiting.Enqueue(pending);

        public void Delete(RouteChannel channel, long order)
        {
        }

        public void Wake()
        {
        }
    }
}
