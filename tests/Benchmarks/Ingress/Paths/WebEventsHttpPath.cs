using EventSourcing.TestKit;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>Page views in structured mode: one of a request, or a batch of 100.</summary>
internal sealed class WebEventsHttpPath(bool isBatch) : HttpPath
{
    private const int Batch = 100;

    private readonly EventTemplate _event = new(
        $$"""
        {"specversion":"1.0","id":"w<n>","source":"{{PageViews.Source}}","type":"{{PageViews.EventType}}","subject":"visitor-<k>",
        "time":"{{DateTimeOffset.UtcNow:O}}","datacontenttype":"application/json","data":{{PageViews.Data}}}
        """);

    public override string Topic => PageViews.Topic;

    public override int Lanes => isBatch ? 16 : 128;

    public override int AtOnce => isBatch ? Batch : 1;

    public override int NumberOf(ReadOnlySpan<byte> value) => PageViews.NumberIn(value);

    protected override ServiceDefinition Definition => PageViews.Collector(FreePort.Next());

    protected override HttpRequestMessage Request(int lane, int first, int count) => isBatch
        ? Post("events", "application/cloudevents-batch+json", _event.Array(first, count))
        : Post("events", "application/cloudevents+json", _event.Bytes(first));
}
