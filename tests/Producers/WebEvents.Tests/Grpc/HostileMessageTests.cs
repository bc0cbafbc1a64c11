using EventSourcing.CloudEvents.Protobuf;
using EventSourcing.WebEvents.Tests.Support;
using EventSourcing.WebEvents.V1;
using Google.Protobuf;
using Grpc.Core;

namespace EventSourcing.WebEvents.Tests.Grpc;

/// <summary>A peer that does not use the generated client.</summary>
public sealed class HostileMessageTests(ServiceFixture fixture)
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static readonly byte[][] Garbage =
    [
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF],           // a tag that does not end
        [0x0A, 0x05, 0x61],                       // id of five bytes, one there
        [0x0A, 0x02, 0xC0, 0xA0],                 // id that is not UTF-8
        [],                                       // a message without fields
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_BytesThatAreNoMessage_IsInvalidArgument()
    {
        foreach (var bytes in Garbage)
        {
            using var call = fixture.Service.Channel.CreateCallInvoker().AsyncUnaryCall(Method("Publish", MethodType.Unary), null, new CallOptions(cancellationToken: Stop), bytes);

            var refusal = await Assert.ThrowsAsync<RpcException>(async () => await call);

            Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        }
    }

    [Fact]
    public async Task PublishStream_BytesThatAreNoMessage_SpoilOnlyTheirOwnReceipt()
    {
        var source = Sample.NewSource();
        using var call = fixture.Service.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            Method("PublishStream", MethodType.DuplexStreaming), null, new CallOptions(cancellationToken: Stop));
        foreach (var bytes in Garbage)
            await call.RequestStream.WriteAsync(bytes, Stop);
        await call.RequestStream.WriteAsync(Sample.PageView(source).ToProto().ToByteArray(), Stop);
        await call.RequestStream.CompleteAsync();

        var receipts = new List<Receipt>();
        while (await call.ResponseStream.MoveNext(Stop))
            receipts.Add(Receipt.Parser.ParseFrom(call.ResponseStream.Current));

        Assert.Equal(Garbage.Length + 1, receipts.Count);
        Assert.All(receipts.SkipLast(1), receipt => Assert.Equal("urn:eventsourcing:invalid-event", receipt.Rejection.Type));
        Assert.Equal(Level.Stored, receipts[^1].Level);
        Assert.Single(fixture.ReadEvents(source));
    }

    private static Method<byte[], byte[]> Method(string name, MethodType type) => new(type, "eventsourcing.webevents.v1.Collector", name, Raw, Raw);
}
