using EventSourcing.TestKit;
using EventSourcing.TestKit.Amqp;

namespace EventSourcing.LocalMq.Tests.Judges;

/// <summary>Qpid Proton as sender and receiver.</summary>
public sealed class ProtonTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = Requires.ProtonReason, SkipUnless = nameof(Requires.Proton), SkipType = typeof(Requires))]
    public async Task Proton_SendsAndReceives_InOrder()
    {
        await using var broker = await LocalMqBroker.StartAsync(stop: Stop);

        await Proton.SendAsync(broker.Address, "q", "p", 50, "text #", Stop);
        var received = await Proton.ReceiveAsync(broker.Address, "q", 50, Stop);

        Assert.Equal(Enumerable.Range(1, 50).Select(number => $"p{number} 0 text {number}"), received);
        await Eventually.TrueAsync(() => broker.GetQueues().Single() is { Waiting: 0, Unsettled: 0 }, "the queue is empty", stop: Stop);
    }
}
