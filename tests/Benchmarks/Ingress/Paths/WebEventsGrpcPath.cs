using EventSourcing.Benchmarks.Brokers;
using EventSourcing.TestKit;
using Google.Protobuf;
using Grpc.Net.Client;
using EventMessage = Io.Cloudevents.V1.CloudEvent;
using Value = Io.Cloudevents.V1.CloudEvent.Types.CloudEventAttributeValue;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>The same page views over bidirectional streams, with a receipt per event.</summary>
internal sealed class WebEventsGrpcPath : IngressPath
{
    private const int Streams = 4;

    private readonly EventTemplate _data = new(PageViews.Data);
    private readonly List<CollectorStream> _streams = [];

    public override string Topic => PageViews.Topic;

    public override int Lanes => Streams * 10;

    public override int AtOnce => 50;

    public override int PacedAtOnce => 1;

    public override async Task StartAsync(BrokerUnderLoad broker, CancellationToken stop)
    {
        var port = FreePort.Next();
        await StartServiceAsync(PageViews.Collector(port), broker, stop);
        for (var i = 0; i < Streams; i++)
        {
            _streams.Add(Own(new CollectorStream(GrpcChannel.ForAddress($"http://127.0.0.1:{port}"))));
        }
    }

    public override Task SendAsync(int lane, int first, int count, CancellationToken stop) =>
        _streams[lane % Streams].SendAsync(Enumerable.Range(first, count).Select(Event), count, stop);

    public override int NumberOf(ReadOnlySpan<byte> value) => PageViews.NumberIn(value);

    private EventMessage Event(int number) => new()
    {
        Id = $"w{number:D8}",
        Source = PageViews.Source,
        SpecVersion = "1.0",
        Type = PageViews.EventType,
        Attributes =
        {
            ["subject"] = new Value { CeString = $"visitor-{EventTemplate.KeyOf(number):D4}" },
            ["datacontenttype"] = new Value { CeString = "application/json" },
        },
        BinaryData = UnsafeByteOperations.UnsafeWrap(_data.Bytes(number)),
    };
}
