using Amqp;
using EventSourcing.LocalMq.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.LocalMq.Tests.Links;

/// <summary>A receiver gets as many messages as its flows allow: its last flow says how many, be it more, fewer or as many as the one before (AMQP 1.0 §2.6.7).</summary>
public sealed class CreditTests : IAsyncLifetime
{
    private const int Messages = 40;
    private LocalMqBroker _broker = null!;
    private Client _client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _broker = await LocalMqBroker.StartAsync(stop: Stop);
        _client = await Client.ConnectAsync(_broker.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(10, 10, 0, 0)]
    [InlineData(4, 10, -6)]
    [InlineData(0, 10, -10)]
    [InlineData(0, 10, 0, -10)]
    [InlineData(7, 10, -10, 7)]
    [InlineData(9, 10, 0, -3, 0, 2)]
    [InlineData(3, int.MaxValue, -1_000_000_000, -1_000_000_000, 3 - 147_483_647)]
    public async Task Flows_BeforeTheMessages_AllowTheirSum(int allowed, params int[] changes)
    {
        var receiver = _client.Receiver("q", changes[0]);
        Change(receiver, changes[1..]);

        await _client.SendAsync("q", Enumerable.Range(1, Messages));

        await GetsAsync(receiver, allowed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5, 5)]
    [InlineData(4, 0, 4)]
    [InlineData(2, 6, -4)]
    [InlineData(6, 6, 0, 0)]
    public async Task Flows_AfterMessages_AllowTheirSumMore(int allowed, params int[] changes)
    {
        await _client.SendAsync("q", Enumerable.Range(1, 10));
        var receiver = _client.Receiver("q", 10);
        await Client.ReceiveAsync(receiver, 10);
        Change(receiver, changes);

        await _client.SendAsync("q", Enumerable.Range(11, Messages));

        await GetsAsync(receiver, allowed, had: 10);
    }

    [Fact]
    public async Task Change_OfMoreThanCanBeCounted_EndsTheLink_WithTheReason()
    {
        var receiver = _client.Receiver("q", int.MaxValue);
        receiver.SetCredit(-int.MaxValue, CreditMode.Manual);

        await Eventually.TrueAsync(() => receiver.IsClosed, "the link has ended", stop: Stop);

        Assert.Equal("amqp:resource-limit-exceeded", receiver.Error.Condition.ToString());
        Assert.Contains("1073741823", receiver.Error.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drain_GivesUnusedCreditBack()
    {
        await _client.SendAsync("q", 1);
        var receiver = new ReceiverLink(_client.Session, "draining", "q");
        receiver.SetCredit(10, CreditMode.Drain);
        await Client.ReceiveAsync(receiver, 1);
        await _client.SendAsync("q", Enumerable.Range(2, Messages));

        Assert.Null(await receiver.ReceiveAsync(Client.Moment));
        Change(receiver, 1, 0, 2);
        await GetsAsync(receiver, 3, had: 1);
    }

    // Each is a flow. The client takes a negative one at the end for no credit set at all, and grants 200: so the last is 0.
    private static void Change(ReceiverLink receiver, params int[] changes)
    {
        foreach (var change in changes.Append(0))
            receiver.SetCredit(change, CreditMode.Manual);
    }

    // Exactly so many; the client ends the link when more come than it allowed.
    private async Task GetsAsync(ReceiverLink receiver, int count, int had = 0)
    {
        await Client.ReceiveAsync(receiver, count);

        Assert.Null(await receiver.ReceiveAsync(Client.Moment));
        Assert.False(receiver.IsClosed);
        var queue = Assert.Single(_broker.GetQueues());
        Assert.Equal((Messages - count, had + count), (queue.Waiting, queue.Unsettled));
    }
}
