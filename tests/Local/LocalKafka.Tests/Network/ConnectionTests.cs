using System.Buffers.Binary;
using System.Net.Sockets;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Network;

public sealed class ConnectionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connections_ByTheThousand_AreServedAtOneTime()
    {
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        var clients = new List<RawClient>();
        for (var i = 0; i < 1_000; i++)
            clients.Add(await RawClient.ConnectAsync(broker.Port, Stop));

        await Task.WhenAll(clients.Select(async (client, number) =>
        {
            await client.SendFrameAsync(RawRequests.ApiVersions(version: 0, number), Stop);
            Assert.Equal(number, BinaryPrimitives.ReadInt32BigEndian(await client.ReceiveFrameAsync(Stop)));
        }));

        await TestClient.CreateTopicAsync(broker.BootstrapServers, "beside-them");
        using var producer = TestClient.Producer(broker.BootstrapServers);
        await producer.ProduceAsync("beside-them", new() { Key = "k", Value = "v" }, Stop);
        Assert.Single(TestClient.ReadAll(broker.BootstrapServers, "beside-them"));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task ConnectionsOverTheLimit_AreClosed_UntilOneIsFree()
    {
        await using var broker = await LocalKafkaBroker.StartAsync(new LocalKafkaOptions { MaxConnections = 1 }, Stop);
        using (var first = await RawClient.ConnectAsync(broker.Port, Stop))
        {
            await AssertServedAsync(first);
            using var second = await RawClient.ConnectAsync(broker.Port, Stop);
            Assert.Equal(0, await second.DrainAsync(Stop));
        }

        await EventuallyServesAsync(broker);
    }

    [Fact]
    public async Task ClientThatGoesWhileItsFetchWaits_FreesItsPlaceAtOnce()
    {
        await using var broker = await LocalKafkaBroker.StartAsync(new LocalKafkaOptions { MaxConnections = 8 }, Stop);
        await TestClient.CreateTopicAsync(broker.BootstrapServers, "quiet");

        for (var i = 0; i < 8; i++)
            await Eventually.TrueAsync(_ => LeaveAFetchBehindAsync(broker.Port), "a place for the next one", stop: Stop);

        await EventuallyServesAsync(broker);
    }

    [Fact]
    public async Task ConnectionThatIsIdle_IsClosed_AndOneThatIsUsedIsNot()
    {
        await using var broker = await LocalKafkaBroker.StartAsync(new LocalKafkaOptions { ConnectionsMaxIdle = TimeSpan.FromSeconds(1) }, Stop);
        using var idle = await RawClient.ConnectAsync(broker.Port, Stop);
        await idle.SendAsync([0, 0, 0], Stop); // a frame that never comes
        using var used = await RawClient.ConnectAsync(broker.Port, Stop);

        for (var closing = idle.DrainAsync(Stop); !closing.IsCompleted;)
            await AssertServedAsync(used);

        await AssertServedAsync(used);
    }

    [Fact]
    public async Task ConnectionsThatComeWhileTheBrokerStops_DoNotDisturbIt()
    {
        await using var broker = await LocalKafkaBroker.StartAsync(new LocalKafkaOptions { Port = FreePort.Next() }, Stop);

        for (var i = 0; i < 300; i++)
        {
            using var arriving = new CancellationTokenSource();
            var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ConnectUntilRefusedAsync(broker.Port, arriving.Token), Stop)).ToArray();
            await broker.StopAsync();
            await arriving.CancelAsync();
            await Task.WhenAll(clients);
            await broker.RestartAsync(Stop);
        }
    }

    private static async Task ConnectUntilRefusedAsync(int port, CancellationToken enough)
    {
        try
        {
            while (true)
                (await RawClient.ConnectAsync(port, enough)).Dispose();
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The broker has stopped.
        }
    }

    private static async Task<bool> LeaveAFetchBehindAsync(int port)
    {
        using var client = await RawClient.ConnectAsync(port, Stop);
        try
        {
            await AssertServedAsync(client);
        }
        catch (IOException)
        {
            return false; // refused: no place is free
        }

        await client.SendFrameAsync(RawRequests.Fetch("quiet", maxWaitMs: int.MaxValue, maxBytes: 1_000), Stop);
        return true;
    }

    private static Task EventuallyServesAsync(LocalKafkaBroker broker) => Eventually.TrueAsync(
        async _ =>
        {
            using var client = await RawClient.ConnectAsync(broker.Port, Stop);
            try
            {
                await AssertServedAsync(client);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        },
        "the broker has a place",
        stop: Stop);

    private static async Task AssertServedAsync(RawClient client)
    {
        await client.SendFrameAsync(RawRequests.ApiVersions(version: 0, correlationId: 77), Stop);
        Assert.Equal(77, BinaryPrimitives.ReadInt32BigEndian(await client.ReceiveFrameAsync(Stop)));
    }
}
