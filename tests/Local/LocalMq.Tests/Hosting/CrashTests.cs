using System.Collections.Concurrent;
using Amqp;
using EventSourcing.LocalMq.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.LocalMq.Tests.Hosting;

/// <summary>The broker killed with SIGKILL: what it has accepted is there, what was delivered is marked.</summary>
public sealed class CrashTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KilledUnderLoad_KeepsEveryAcceptedMessage_InOrder()
    {
        await using var broker = new BrokerProcess();
        var accepted = new ConcurrentQueue<int>();
        for (var round = 0; round < 3; round++)
        {
            await broker.StartAsync();
            await using var client = await Client.ConnectAsync(broker.Port);
            var sender = client.Sender("q");
            var before = accepted.Count;
            for (var i = 1; i <= 100_000 && !sender.IsClosed; i++)
            {
                var number = (round * 100_000) + i;
                if (!TrySend(sender, number, accepted) || accepted.Count - before > 500)
                    break;
            }

            await Eventually.TrueAsync(() => accepted.Count - before > 300, "messages are accepted", stop: Stop);
            await broker.KillAsync();
        }

        await broker.StartAsync();
        await using var reader = await Client.ConnectAsync(broker.Port);
        var found = await ReadAllAsync(reader);

        Assert.Empty(accepted.Except(found));
        Assert.Equal(found.Order().Distinct(), found);
    }

    [Fact]
    public async Task Killed_DeliversUnsettledAgain_Counted_AndCleanStopDoesNot()
    {
        await using var broker = new BrokerProcess();
        await broker.StartAsync();
        await using var first = await Client.ConnectAsync(broker.Port);
        await first.SendAsync("q", 1, 2, 3);
        var receiver = first.Receiver("q", credit: 2);
        receiver.Accept((await Client.ReceiveAsync(receiver, 2))[0]);
        await first.SendAsync("other", 1);                     // the acceptance before it is on disk, too
        await broker.KillAsync();

        await broker.StartAsync();
        await using (var second = await Client.ConnectAsync(broker.Port))
            await second.SendAsync("q", 4);
        var exit = await broker.StopAsync();
        await broker.StartAsync();
        await using var third = await Client.ConnectAsync(broker.Port);
        var again = await Client.ReceiveAsync(third.Receiver("q"), 3);

        Assert.Equal(0, exit);
        Assert.Equal(Client.Texts([2, 3, 4]), Client.Texts(again));
        Assert.Equal([1u, 1u, 0u], again.Select(message => message.Header.DeliveryCount));
    }

    private static bool TrySend(SenderLink sender, int number, ConcurrentQueue<int> accepted)
    {
        try
        {
            sender.Send(Client.Message(number), (_, _, outcome, _) =>
            {
                if (outcome is Amqp.Framing.Accepted)
                    accepted.Enqueue(number);
            }, null);
            return true;
        }
        catch (AmqpException)
        {
            return false;
        }
    }

    private static async Task<List<int>> ReadAllAsync(Client client)
    {
        var receiver = new ReceiverLink(client.Session, "all", "q");
        receiver.SetCredit(200);
        var found = new List<int>();
        while (await receiver.ReceiveAsync(TimeSpan.FromSeconds(3)) is { } message)
        {
            found.Add(int.Parse(((string)message.Body)[5..], System.Globalization.CultureInfo.InvariantCulture));
            receiver.Accept(message);
        }

        return found;
    }
}
