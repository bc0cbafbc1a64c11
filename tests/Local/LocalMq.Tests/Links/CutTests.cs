using EventSourcing.LocalMq.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Net;

namespace EventSourcing.LocalMq.Tests.Links;

/// <summary>Connections that end while the broker is sending: what the library says of a delivery then is no outcome.</summary>
public sealed class CutTests
{
    private const int Messages = 2_000;
    private const int Rounds = 100;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cut_WhileMessagesAreSent_LeavesEveryOneInItsQueue()
    {
        await using var broker = await LocalMqBroker.StartAsync(stop: Stop);
        await using var relay = new TcpRelay(broker.Port);
        await using (var client = await Client.ConnectAsync(broker.Port))
            await client.SendAsync("q", Enumerable.Range(1, Messages));

        for (var round = 0; round < Rounds; round++)
        {
            await using var dying = await Client.ConnectAsync(relay.Port);
            await Client.ReceiveAsync(dying.Receiver("q", Messages), 1 + round);
            relay.Cut();
            await Eventually.TrueAsync(() => broker.GetQueues()[0].Consumers == 0, "the consumer is gone", stop: Stop);
        }

        var queue = Assert.Single(broker.GetQueues());        // a dead letter would have made q.dlq
        Assert.Equal((Messages, 0), (queue.Waiting, queue.Unsettled));
    }
}
