using Amqp;
using Amqp.Framing;
using Amqp.Types;
using EventSourcing.LocalMq.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Net;

namespace EventSourcing.LocalMq.Tests.Queues;

/// <summary>A queue as a client of the AMQP library sees it.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private LocalMqBroker _broker = null!;
    private Client _client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _broker = await LocalMqBroker.StartAsync(new LocalMqOptions { MaxQueues = 5 }, stop: Stop);
        _client = await Client.ConnectAsync(_broker.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task Messages_AreReceived_InOrder_AndDeletedWhenAccepted()
    {
        await _client.SendAsync("q", Enumerable.Range(1, 50));
        var receiver = _client.Receiver("q");

        var received = await Client.ReceiveAsync(receiver, 50);
        received.ForEach(receiver.Accept);

        Assert.Equal(Client.Texts(Enumerable.Range(1, 50)), Client.Texts(received));
        Assert.All(received, message => Assert.Equal((0u, true, true), (message.Header.DeliveryCount, message.Header.FirstAcquirer, message.Header.Durable)));
        await StateAsync("q", 0, 0);
    }

    // The library rejects by itself what it can no longer write to a connection that is closing.
    [Fact]
    public async Task Connection_ClosingWhileMessagesFlow_RejectsNone()
    {
        const int Messages = 400;
        await _client.SendAsync("q", Enumerable.Range(1, Messages));

        for (var round = 0; round < 40; round++)
        {
            await using var leaving = await Client.ConnectAsync(_broker.Port);
            await Client.ReceiveAsync(leaving.Receiver("q", Messages), 1 + round);
        }

        var received = await Client.ReceiveAsync(_client.Receiver("q", Messages), Messages);
        Assert.Equal("q", Assert.Single(_broker.GetQueues()).Name);
        Assert.Equal(Messages, received.DistinctBy(message => message.Properties.MessageId).Count());
    }

    [Fact]
    public async Task Released_ComesAgain_Uncounted_NotAsFirst()
    {
        await _client.SendAsync("q", 1);
        var receiver = _client.Receiver("q");
        receiver.Release((await Client.ReceiveAsync(receiver, 1))[0]);

        var again = Assert.Single(await Client.ReceiveAsync(receiver, 1));

        Assert.Equal((0u, false), (again.Header.DeliveryCount, again.Header.FirstAcquirer));
    }

    [Fact]
    public async Task ModifiedAsFailed_ComesAgain_Counted()
    {
        await _client.SendAsync("q", 1);
        var receiver = _client.Receiver("q");
        receiver.Modify((await Client.ReceiveAsync(receiver, 1))[0], deliveryFailed: true);

        var again = Assert.Single(await Client.ReceiveAsync(receiver, 1));

        Assert.Equal(1u, again.Header.DeliveryCount);
    }

    [Fact]
    public async Task Rejected_IsKept_InTheDeadLetterQueue_WithTheReason()
    {
        await _client.SendAsync("q", 1, 2);
        var receiver = _client.Receiver("q");
        var received = await Client.ReceiveAsync(receiver, 2);
        receiver.Reject(received[0], new Error(ErrorCode.DecodeError) { Description = "no such code page" });
        receiver.Accept(received[1]);

        var dead = Assert.Single(await Client.ReceiveAsync(_client.Receiver("q.dlq"), 1));

        Assert.Equal("text 1", dead.Body);
        Assert.Equal("amqp:decode-error", dead.MessageAnnotations[new Symbol("x-opt-rejected-condition")].ToString());
        Assert.Equal("no such code page", dead.MessageAnnotations[new Symbol("x-opt-rejected-description")]);
        await StateAsync("q", 0, 0);
    }

    [Fact]
    public async Task Detach_PutsUnsettledBack_InOrder_Counted()
    {
        await _client.SendAsync("q", Enumerable.Range(1, 10));
        var first = _client.Receiver("q", credit: 6);
        var received = await Client.ReceiveAsync(first, 6);
        first.Accept(received[2]);
        await first.CloseAsync();

        var again = await Client.ReceiveAsync(_client.Receiver("q"), 9);

        Assert.Equal(Client.Texts([1, 2, 4, 5, 6, 7, 8, 9, 10]), Client.Texts(again));
        Assert.Equal([1u, 1u, 1u, 1u, 1u, 0u, 0u, 0u, 0u], again.Select(message => message.Header.DeliveryCount));
    }

    [Fact]
    public async Task CutConnection_PutsUnsettledBack_InOrder_Counted()
    {
        await _client.SendAsync("q", Enumerable.Range(1, 10));
        await using var relay = new TcpRelay(_broker.Port);
        await using var dying = await Client.ConnectAsync(relay.Port);
        await Client.ReceiveAsync(dying.Receiver("q", credit: 6), 6);

        relay.Cut();
        await StateAsync("q", 10, 0);
        var again = await Client.ReceiveAsync(_client.Receiver("q"), 10);

        Assert.Equal(Client.Texts(Enumerable.Range(1, 10)), Client.Texts(again));
        Assert.Equal(6, again.Count(message => message.Header.DeliveryCount == 1));
    }

    [Fact]
    public async Task Consumers_Compete_EachMessageOnce()
    {
        var receivers = Enumerable.Range(0, 3).Select(_ => _client.Receiver("q", credit: 20)).ToArray();
        await _client.SendAsync("q", Enumerable.Range(1, 60));

        var received = await Task.WhenAll(receivers.Select(receiver => Client.ReceiveAsync(receiver, 20)));

        Assert.Equal(Enumerable.Range(1, 60).Select(number => $"m{number}").Order(), received.SelectMany(own => own).Select(own => own.Properties.MessageId).Order());
    }

    [Fact]
    public async Task TooManyQueues_AreRefused_WithWhatToDo()
    {
        for (var i = 0; i < 5; i++)
            await _client.SendAsync($"q{i}", 1);

        var refused = await Assert.ThrowsAsync<AmqpException>(() => _client.SendAsync("q5", 1));

        Assert.Equal("amqp:resource-limit-exceeded", refused.Error.Condition.ToString());
        Assert.Contains("--max-queues", refused.Error.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongName_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<AmqpException>(() => _client.SendAsync("no queue", 1));

        Assert.Equal("amqp:invalid-field", refused.Error.Condition.ToString());
    }

    private Task StateAsync(string queue, int waiting, int unsettled) => Eventually.TrueAsync(
        () => _broker.GetQueues().Any(state => state.Name == queue && state.Waiting == waiting && state.Unsettled == unsettled),
        $"{queue} has {waiting} waiting and {unsettled} unsettled",
        stop: Stop);
}
