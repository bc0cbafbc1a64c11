using System.Diagnostics;
using EventSourcing.EventBackbone.Tests.Consuming;
using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using Microsoft.Extensions.DependencyInjection;

namespace EventSourcing.EventBackbone.Tests.Publishing;

/// <summary>What others see on the topic.</summary>
public sealed class WireTests(BrokerFixture broker)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    public async Task Publish_ReadByKcat_HasKeyEnvelopeAndTheDeclaredPartitions()
    {
        var route = Events.NewRoute(partitions: 5);
        await using var service = await TestService.StartAsync(broker.BootstrapServers, [route]);
        await service.Publisher.PublishAsync(route, Events.New(42, "asset-1"), Stop);
        service.Publisher.Publish(route, Events.New(43, "asset-1"), 0, static (_, _) => { }, possibleDuplicate: true);
        await service.StopAsync();

        var records = await Kcat.ConsumeAllAsync(broker.BootstrapServers, route.Name, stop: Stop);
        var metadata = await Kcat.RunAsync(broker.BootstrapServers, ["-L", "-t", route.Name], stop: Stop);

        Assert.Equal(["asset-1", "asset-1"], records.Select(record => record.Key));
        Assert.Single(records.Select(record => record.Partition).Distinct());
        Assert.Equal("000000000042", records[0].Header("ce_sequence"));
        Assert.Equal("1.0", records[0].Header("ce_specversion"));
        Assert.Equal("possible-duplicate", records[1].Header("redelivery"));
        Assert.Contains("with 5 partitions", metadata.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_SampledAndNot_OnlyTheSampledHasAContextAndOneTraceToTheConsumer()
    {
        var route = Events.NewRoute();
        var spans = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "EventSourcing.EventBackbone" or "test",
            Sample = (ref options) => options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var trace = ActivityTraceId.CreateRandom();
        await using var service = await TestService.StartAsync(broker.BootstrapServers, [route], configure: builder =>
        {
            builder.Services.AddSingleton<RecordingHandler>();
            builder.AddEventConsumer<RecordingHandler>("kafka", $"group-{Guid.NewGuid():N}", route.Name);
        });

        await service.Publisher.PublishAsync(route, Traced(1, trace, "01"), Stop);
        await service.Publisher.PublishAsync(route, Traced(2, trace, "00"), Stop);
        await service.Publisher.PublishAsync(route, Events.New(3), Stop);
        await service.Host.Services.GetRequiredService<RecordingHandler>().HasAsync(3);
        await Eventually.TrueAsync(() => spans.Any(span => span.DisplayName == $"process {route.Name}"), "the process span has ended", stop: Stop);

        var mine = spans.Where(span => span.TraceId == trace).ToArray();
        var (send, process) = (Assert.Single(mine, span => span.Kind == ActivityKind.Producer), Assert.Single(mine, span => span.Kind == ActivityKind.Consumer));
        Assert.Equal(send.SpanId, process.ParentSpanId);
        var contexts = TopicReader.ReadAll(broker.BootstrapServers, route.Name)
            .ToDictionary(TopicReader.SequenceOf, record => TopicReader.HeaderOf(record, "traceparent"));
        Assert.Equal(send.Id, contexts[1]);
        Assert.Equal((null, null), (contexts[2], contexts[3]));
    }

    private static CloudNative.CloudEvents.CloudEvent Traced(long sequence, ActivityTraceId trace, string flags)
    {
        var cloudEvent = Events.New(sequence);
        cloudEvent[CloudEvents.EventAttributes.TraceParent] = $"00-{trace}-{ActivitySpanId.CreateRandom()}-{flags}";
        return cloudEvent;
    }
}
