using System.Net;
using EventSourcing.CloudEvents.Protobuf;
using EventSourcing.WebEvents.Tests.Support;
using EventSourcing.WebEvents.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;

namespace EventSourcing.WebEvents.Tests.Grpc;

public sealed class UnaryTests(ServiceFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Collector.CollectorClient Client => new(fixture.Service.Channel);

    [Fact]
    public async Task Event_Published_IsStoredWithItsPosition()
    {
        var source = Sample.NewSource();

        var receipt = await Client.PublishAsync(Sample.PageView(source).ToProto(), cancellationToken: Stop);

        var record = Assert.Single(fixture.ReadEvents(source));
        Assert.Equal((1, "id-1", Level.Stored, "web-events"), (receipt.Number, receipt.Id, receipt.Level, receipt.Topic));
        Assert.Equal((record.Partition, record.Offset, Sample.PageViewData), (receipt.Partition, receipt.Offset, record.Value));
        Assert.Equal("v-1", record.Key);
    }

    [Fact]
    public async Task Event_OverGrpcWebOnTheHttpEndpoint_IsStored()
    {
        var source = Sample.NewSource();
        using var channel = GrpcChannel.ForAddress(
            fixture.Service.HttpAddress,
            new GrpcChannelOptions { HttpHandler = new GrpcWebHandler(new HttpClientHandler()), HttpVersion = HttpVersion.Version11 });

        var receipt = await new Collector.CollectorClient(channel).PublishAsync(Sample.PageView(source).ToProto(), cancellationToken: Stop);

        Assert.Equal(Level.Stored, receipt.Level);
        Assert.Single(fixture.ReadEvents(source));
    }

    [Fact]
    public async Task Event_WithBadData_IsInvalidArgumentWithDetails_AndADeadLetter()
    {
        var source = Sample.NewSource();
        var message = Sample.PageView(source, data: """{"sessionId":"s"}""").ToProto();

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await Client.PublishAsync(message, cancellationToken: Stop));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        var violation = Assert.Single(refusal.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal("urn:eventsourcing:invalid-data", violation.Reason);
        Assert.Equal("urn:eventsourcing:invalid-data", Assert.Single(fixture.ReadDeadLetters(source)).Header("ce_reason"));
    }

    [Fact]
    public async Task Event_ThatIsNone_IsInvalidArgument()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await Client.PublishAsync(new Io.Cloudevents.V1.CloudEvent { Id = "1" }, cancellationToken: Stop));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Equal("urn:eventsourcing:invalid-event", refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task Event_OverTheRoutesLimit_IsInvalidArgument()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await Client.PublishAsync(Sample.Large(Sample.NewSource(), 70_000).ToProto(), cancellationToken: Stop));

        Assert.Equal((StatusCode.InvalidArgument, "urn:eventsourcing:too-large"), (refusal.StatusCode, refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
    }

    [Fact]
    public async Task Message_OverTheMessageLimit_IsResourceExhausted()
    {
        using var channel = GrpcChannel.ForAddress(fixture.Service.GrpcAddress);   // the refusal may cost the connection
        var client = new Collector.CollectorClient(channel);

        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await client.PublishAsync(Sample.Large(Sample.NewSource(), 1_100_000).ToProto(), cancellationToken: Stop));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
    }
}
