using System.Net;
using EventSourcing.CloudEvents.Protobuf;
using EventSourcing.LocalKafka;
using EventSourcing.TestKit;
using EventSourcing.WebEvents.Tests.Support;
using EventSourcing.WebEvents.V1;
using Google.Rpc;
using Grpc.Core;

namespace EventSourcing.WebEvents.Tests.Faults;

public sealed class OutageTests
{
    private static readonly (string, string)[] Refuse =
        [("Backbone:Routes:web-events:Failover", "Refuse"), ("Backbone:Routes:web-events:DeliveryTimeout", "00:00:02")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BackboneDown_RouteThatRefuses_Is503AndUnavailable()
    {
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await WebEventsHost.StartAsync(broker.BootstrapServers, Refuse);
        var client = new Collector.CollectorClient(service.Channel);
        var source = Sample.NewSource();
        await broker.StopAsync();

        using var one = await service.Http.PostEventAsync(Sample.PageView(source, 1), CloudNative.CloudEvents.ContentMode.Binary, Stop);
        using var batch = await service.Http.PostBatchAsync([Sample.PageView(source, 2), Sample.PageView(source, 3)], Stop);
        using var beacon = await service.Http.PostTextAsync("/beacon", $"[{await JsonOf(Sample.PageView(source, 4))}]", "text/plain", Stop);
        var unary = await Assert.ThrowsAsync<RpcException>(async () => await client.PublishAsync(Sample.PageView(source, 5).ToProto(), cancellationToken: Stop));
        var receipts = await StreamClient.PublishAsync(client, [Sample.PageView(source, 6).ToProto()], Stop);

        Assert.All([one, batch, beacon], response => Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode));
        Assert.All([one, batch, beacon], response => Assert.True(response.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1)));
        Assert.Equal(StatusCode.Unavailable, unary.StatusCode);
        Assert.NotNull(unary.GetRpcStatus()!.GetDetail<RetryInfo>());
        Assert.NotNull(Assert.Single(receipts).Rejection.RetryAfter);
    }

    [Fact]
    public async Task BackboneDown_PublishMany_EndsWithWhatToSendAgain()
    {
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await WebEventsHost.StartAsync(broker.BootstrapServers, Refuse);
        await broker.StopAsync();
        using var call = new Collector.CollectorClient(service.Channel).PublishMany(cancellationToken: Stop);
        for (var number = 1; number <= 5; number++)
            await call.RequestStream.WriteAsync(Sample.PageView("/many", number).ToProto(), Stop);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseAsync);

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        var summary = refusal.GetRpcStatus()!.GetDetail<Summary>()!;
        Assert.InRange(summary.Received, 1, 5);
        Assert.Equal((0, summary.Received), (summary.Stored, summary.Rejected));
        Assert.Equal([new NumberRange { From = 1, To = summary.Received }], summary.Retry);
    }

    [Fact]
    public async Task BackboneDown_RouteThatSpools_Is202_AndEverythingArrivesInOrderAfterwards()
    {
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await WebEventsHost.StartAsync(broker.BootstrapServers);
        var source = Sample.NewSource();
        using (var before = await service.Http.PostBatchAsync([Sample.PageView(source, 1)], Stop))
            Assert.Equal(["stored"], (await before.ReadJsonAsync(Stop)).Statuses());
        await broker.StopAsync();

        using var during = await service.Http.PostBatchAsync([Sample.PageView(source, 2), Sample.PageView(source, 3)], Stop);
        using var single = await service.Http.PostEventAsync(Sample.PageView(source, 4), CloudNative.CloudEvents.ContentMode.Structured, Stop);

        Assert.Equal(["spooled", "spooled"], (await during.ReadJsonAsync(Stop)).Statuses());
        Assert.Equal(HttpStatusCode.Accepted, single.StatusCode);
        await broker.RestartAsync(Stop);
        await Eventually.TrueAsync(
            () => TopicReader.Read(broker.BootstrapServers, "web-events", source).Count >= 4, "the spool is drained", stop: Stop);
        var records = TopicReader.Read(broker.BootstrapServers, "web-events", source);
        Assert.Equal([1L, 2L, 3L, 4L], records.Where(record => record.Header("redelivery") is null).Select(record => record.Sequence));
    }

    [Fact]
    public async Task BrokerRestarted_WhileStreaming_LosesNothingAndMarksWhatItRepeats()
    {
        const int Count = 3_000;
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await WebEventsHost.StartAsync(broker.BootstrapServers);
        var source = Sample.NewSource();
        var halfway = new TaskCompletionSource();

        var restarting = RestartAsync(broker, halfway.Task);
        var receipts = await StreamClient.PublishAsync(new Collector.CollectorClient(service.Channel), Messages(), Stop);
        await restarting;

        Assert.Equal(Count, receipts.Count);
        Assert.All(receipts, receipt => Assert.Contains(receipt.Level, new[] { Level.Stored, Level.Spooled }));
        await Eventually.TrueAsync(
            () => TopicReader.Read(broker.BootstrapServers, "web-events", source).DistinctBy(record => record.Sequence).Count() == Count,
            "everything receipted is on the topic", stop: Stop);
        var records = TopicReader.Read(broker.BootstrapServers, "web-events", source);
        var unmarked = records.Where(record => record.Header("redelivery") is null).ToList();
        Assert.Equal(unmarked.Count, unmarked.DistinctBy(record => record.Sequence).Count());
        Assert.All(records.DistinctBy(record => record.Sequence).GroupBy(record => record.Key), visitor =>
            Assert.Equal(visitor.Select(record => record.Sequence).Order(), visitor.Select(record => record.Sequence)));

        IEnumerable<Io.Cloudevents.V1.CloudEvent> Messages()
        {
            for (var number = 1; number <= Count; number++)
            {
                if (number == Count / 2)
                    halfway.SetResult();
                yield return Sample.PageView(source, number, $"v-{number % 17}").ToProto();
            }
        }
    }

    [Fact]
    public async Task Service_Stopping_AnswersWhatItHasRead_AndTellsTheStreamToReconnect()
    {
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await WebEventsHost.StartAsync(broker.BootstrapServers);
        var source = Sample.NewSource();
        using var call = new Collector.CollectorClient(service.Channel).PublishStream(cancellationToken: Stop);
        await call.RequestStream.WriteAsync(Sample.PageView(source).ToProto(), Stop);
        Assert.True(await call.ResponseStream.MoveNext(Stop));

        var stopping = service.StopAsync();
        var end = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.MoveNext(Stop));
        await stopping;

        Assert.True(end.StatusCode == StatusCode.Unavailable, end.ToString());
        Assert.Equal("urn:eventsourcing:stopping", end.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
        Assert.Single(TopicReader.Read(broker.BootstrapServers, "web-events", source));
    }

    private static async Task RestartAsync(LocalKafkaBroker broker, Task when)
    {
        await when;
        await broker.StopAsync();
        await broker.RestartAsync(Stop);
    }

    private static async Task<string> JsonOf(CloudNative.CloudEvents.CloudEvent cloudEvent)
    {
        using var request = new HttpRequestMessage();
        EventSourcing.CloudEvents.Http.HttpCloudEvents.SetCloudEvent(request, cloudEvent, CloudNative.CloudEvents.ContentMode.Structured);
        return await request.Content!.ReadAsStringAsync(Stop);
    }
}
