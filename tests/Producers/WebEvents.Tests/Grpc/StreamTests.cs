using EventSourcing.CloudEvents.Protobuf;
using EventSourcing.WebEvents.Tests.Support;
using EventSourcing.WebEvents.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using EventMessage = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.WebEvents.Tests.Grpc;

public sealed class StreamTests(ServiceFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Collector.CollectorClient Client => new(fixture.Service.Channel);

    [Fact]
    public async Task PublishStream_GivesAReceiptPerEvent_AndABadOneSpoilsOnlyItsOwn()
    {
        const int Count = 2_000;
        var source = Sample.NewSource();
        var messages = Enumerable.Range(1, Count).Select(number => Message(source, number)).ToList();

        var receipts = await StreamClient.PublishAsync(Client, messages, Stop);

        Assert.Equal(Enumerable.Range(1, Count).Select(number => (long)number), receipts.Select(receipt => receipt.Number));
        Assert.Equal(messages.Select(message => message.Id), receipts.Select(receipt => receipt.Id));
        Assert.All(receipts, receipt => Assert.Equal(Expected(receipt.Number), receipt.Rejection?.Type ?? receipt.Level.ToString()));
        var records = fixture.ReadEvents(source);
        Assert.Equal(Enumerable.Range(1, Count).Select(n => (long)n).Where(n => Expected(n) == "Stored"), records.Select(record => record.Sequence).Order());
        Assert.All(records.GroupBy(record => record.Key), visitor =>
            Assert.Equal(visitor.Select(record => record.Sequence).Order(), visitor.Select(record => record.Sequence)));
        Assert.Equal(
            records.Select(record => (record.Sequence, record.Partition, record.Offset)).Order(),
            receipts.Where(receipt => receipt.Rejection is null).Select(receipt => (receipt.Number, receipt.Partition, receipt.Offset)).Order());
    }

    [Fact]
    public async Task PublishStream_Quiet_AnswersEachEventAtOnce()
    {
        var source = Sample.NewSource();
        using var call = Client.PublishStream(cancellationToken: Stop);

        for (var number = 1; number <= 3; number++)
        {
            await call.RequestStream.WriteAsync(Sample.PageView(source, number).ToProto(), Stop);
            Assert.True(await call.ResponseStream.MoveNext(Stop));
            Assert.Equal((number, Level.Stored), ((int)call.ResponseStream.Current.Number, call.ResponseStream.Current.Level));
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Stop));
    }

    /// <summary>
    /// On a connection of its own: the sender's HTTP/2 may go on with the message after the refusal, and Kestrel then ends the connection. Nothing
    /// is said of the write either: what the windows take is sent, and .NET's client may leave the rest waiting for ever.
    /// </summary>
    [Fact]
    public async Task PublishStream_MessageOverTheMessageLimit_EndsTheCallAfterTheReceiptsBeforeIt()
    {
        var source = Sample.NewSource();
        using var channel = GrpcChannel.ForAddress(fixture.Service.GrpcAddress);
        using var call = new Collector.CollectorClient(channel).PublishStream(cancellationToken: Stop);
        await call.RequestStream.WriteAsync(Sample.PageView(source).ToProto(), Stop);
        Assert.True(await call.ResponseStream.MoveNext(Stop));

        _ = call.RequestStream.WriteAsync(Sample.Large(source, 1_100_000, 2).ToProto(), Stop);
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.MoveNext(Stop));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.Single(fixture.ReadEvents(source));
    }

    [Fact]
    public async Task PublishMany_SumsUp()
    {
        const int Count = 1_000;
        var source = Sample.NewSource();
        using var call = Client.PublishMany(cancellationToken: Stop);
        for (var number = 1; number <= Count; number++)
            await call.RequestStream.WriteAsync(Message(source, number), Stop);
        await call.RequestStream.CompleteAsync();

        var summary = await call.ResponseAsync;

        var good = Enumerable.Range(1, Count).Count(number => Expected(number) == "Stored");
        Assert.Equal((Count, good, Count - good, 0, 0), ((int)summary.Received, (int)summary.Stored, (int)summary.Rejected, (int)summary.Spooled, summary.Retry.Count));
        Assert.Equal(
            Enumerable.Range(1, Count).Where(number => Expected(number) != "Stored").Take(16).Select(number => ((long)number, Expected(number))),
            summary.FirstRejections.Select(receipt => (receipt.Number, receipt.Rejection.Type)));
        Assert.Equal(good, fixture.ReadEvents(source).Count);
    }

    [Fact]
    public async Task PublishMany_Empty_IsAnEmptySummary()
    {
        using var call = Client.PublishMany(cancellationToken: Stop);
        await call.RequestStream.CompleteAsync();

        Assert.Equal(new Summary(), await call.ResponseAsync);
    }

    [Fact]
    public async Task Streams_BeyondTheLimit_AreResourceExhaustedWithRetryInfo()
    {
        await using var service = await WebEventsHost.StartAsync(fixture.BootstrapServers, ("Collector:MaxStreams", "1"));
        var client = new Collector.CollectorClient(service.Channel);
        using var first = client.PublishStream(cancellationToken: Stop);
        await first.RequestStream.WriteAsync(Sample.PageView(Sample.NewSource()).ToProto(), Stop);
        Assert.True(await first.ResponseStream.MoveNext(Stop));

        using var second = client.PublishStream(cancellationToken: Stop);
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await second.ResponseStream.MoveNext(Stop));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refusal.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan());
        await first.RequestStream.CompleteAsync();
    }

    // Every 100th event is too large, every 70th has bad data, every 90th is no event at all.
    private static EventMessage Message(string source, int number) => Expected(number) switch
    {
        "urn:eventsourcing:too-large" => Sample.Large(source, 70_000, number).ToProto(),
        "urn:eventsourcing:invalid-data" => Sample.PageView(source, number, data: "{}").ToProto(),
        "urn:eventsourcing:invalid-event" => new EventMessage { Id = $"id-{number}", Source = source },
        _ => Sample.PageView(source, number, $"v-{number % 13}").ToProto(),
    };

    private static string Expected(long number) =>
        number % 100 == 0 ? "urn:eventsourcing:too-large"
        : number % 90 == 0 ? "urn:eventsourcing:invalid-event"
        : number % 70 == 0 ? "urn:eventsourcing:invalid-data"
        : "Stored";
}
