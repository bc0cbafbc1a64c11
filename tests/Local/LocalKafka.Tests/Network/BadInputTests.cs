using System.Buffers.Binary;
using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Tests.Clients;

namespace EventSourcing.LocalKafka.Tests.Network;

public sealed class BadInputTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Unreadable { get; } = new(
        "00000000", // no bytes
        "ffffffff", // a negative length
        "7fffffff", // 2 GiB
        "000000020000", // shorter than a header
        "0000000a" + "00ff0000" + "00000001" + "ffff", // an API that does not exist
        "0000000a" + "00030063" + "00000001" + "ffff", // Metadata in version 99
        "0000000e" + "00030001" + "00000001" + "ffff" + "7fffffff", // two thousand million topics
        "0000000e" + "00030001" + "00000001" + "7fff" + "00000000", // a client id longer than the frame
        "474554202f20485454502f312e310d0a0d0a"); // GET / HTTP/1.1

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task FrameThatCannotBeRead_ClosesItsConnectionAlone(string hex)
    {
        using var neighbour = await RawClient.ConnectAsync(fixture.Broker.Port, Stop);
        using var client = await RawClient.ConnectAsync(fixture.Broker.Port, Stop);

        await client.SendAsync(Convert.FromHexString(hex), Stop);

        Assert.Equal(0, await client.DrainAsync(Stop));
        await AssertServedAsync(neighbour);
    }

    [Fact]
    public async Task PipelinedRequests_AreAnsweredInOrder()
    {
        using var client = await RawClient.ConnectAsync(fixture.Broker.Port, Stop);

        for (var i = 0; i < 500; i++)
            await client.SendFrameAsync(RawRequests.ApiVersions(version: 0, correlationId: i), Stop);

        for (var i = 0; i < 500; i++)
            Assert.Equal(i, BinaryPrimitives.ReadInt32BigEndian(await client.ReceiveFrameAsync(Stop)));
    }

    [Fact]
    public async Task ApiVersions_InAVersionOfTheFuture_IsAnsweredSoThatTheClientCanTryLower()
    {
        using var client = await RawClient.ConnectAsync(fixture.Broker.Port, Stop);

        await client.SendFrameAsync(RawRequests.ApiVersions(version: 9, correlationId: 5), Stop);
        var response = await client.ReceiveFrameAsync(Stop);

        Assert.Equal(5, BinaryPrimitives.ReadInt32BigEndian(response));
        Assert.Equal((short)ErrorCode.UnsupportedVersion, BinaryPrimitives.ReadInt16BigEndian(response.AsSpan(4)));
        Assert.True(BinaryPrimitives.ReadInt32BigEndian(response.AsSpan(6)) > 20);
    }

    private static async Task AssertServedAsync(RawClient client)
    {
        await client.SendFrameAsync(RawRequests.ApiVersions(version: 0, correlationId: 77), Stop);
        Assert.Equal(77, BinaryPrimitives.ReadInt32BigEndian(await client.ReceiveFrameAsync(Stop)));
    }
}
