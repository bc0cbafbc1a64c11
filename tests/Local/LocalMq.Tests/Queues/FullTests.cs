using Amqp;
using Amqp.Framing;
using EventSourcing.LocalMq.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.LocalMq.Tests.Queues;

/// <summary>A broker that has no room.</summary>
public sealed class FullTests
{
    private const int MaxBytes = 100_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Full_RefusesOrGivesNoCredit_AndGoesOn_WhenMessagesAreTaken()
    {
        await using var broker = await LocalMqBroker.StartAsync(new LocalMqOptions { MaxBytes = MaxBytes, SenderCredit = 4 }, stop: Stop);
        await using var client = await Client.ConnectAsync(broker.Port);
        var sender = client.Sender("q");
        var (accepted, refusal) = await FillAsync(sender);

        var receiver = client.Receiver("q", credit: 5);
        foreach (var message in await Client.ReceiveAsync(receiver, 5))
            receiver.Accept(message);

        Assert.InRange(accepted, 5, MaxBytes / 10_000);
        Assert.Contains(refusal, new[] { "amqp:resource-limit-exceeded", "timeout" });
        await Eventually.SucceedsAsync<AmqpException>(_ => sender.SendAsync(Large(), Client.Timeout), "there is room again", stop: Stop);
    }

    [Fact]
    public async Task MessageOverTheLimit_IsRejected_AndTheLinkGoesOn()
    {
        await using var broker = await LocalMqBroker.StartAsync(new LocalMqOptions { MaxMessageBytes = 5_000 }, stop: Stop);
        await using var client = await Client.ConnectAsync(broker.Port);
        var sender = client.Sender("q");

        var refused = await Assert.ThrowsAsync<AmqpException>(() => sender.SendAsync(Large(), Client.Timeout));
        await sender.SendAsync(Client.Message(1), Client.Timeout);

        Assert.Equal("amqp:link:message-size-exceeded", refused.Error.Condition.ToString());
    }

    private static async Task<(int Accepted, string Refusal)> FillAsync(SenderLink sender)
    {
        for (var accepted = 0; ; accepted++)
        {
            try
            {
                await sender.SendAsync(Large(), TimeSpan.FromSeconds(3));
            }
            catch (AmqpException refused)
            {
                return (accepted, refused.Error.Condition.ToString());
            }
            catch (TimeoutException)
            {
                return (accepted, "timeout");
            }
        }
    }

    private static Message Large() => new() { BodySection = new Data { Binary = new byte[10_000] } };
}
