using System.Diagnostics;
using System.Diagnostics.Metrics;
using EventSourcing.EventBackbone.Publishing;

namespace EventSourcing.EventBackbone.Telemetry;

/// <summary>
/// Meter and source <c>EventSourcing.EventBackbone</c>; OTel messaging conventions v1.44.0 (status Development). Counters are read from the
/// routes' books when they are collected, so that counting costs an event nothing.
/// </summary>
internal sealed class BackboneTelemetry : IDisposable
{
    public const string Name = "EventSourcing.EventBackbone";

    private static readonly ActivitySource Source = new(Name);
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Meter _meter;
    private readonly Histogram<double> _receiptDuration;
    private IReadOnlyList<RouteChannel> _channels = [];

    public BackboneTelemetry(IMeterFactory? meters = null)
    {
        _meter = meters?.Create(Name) ?? new Meter(Name);
        _receiptDuration = _meter.CreateHistogram("eventsourcing.backbone.receipt.duration", "s", "From acceptance to the receipt", advice: Buckets);
        Counter("messaging.client.sent.messages", "{message}", "Acknowledged by Kafka at the route's durability", books => books.Stored);
        Counter("eventsourcing.backbone.accepted", "{event}", "Events accepted", books => books.Accepted);
        Counter("eventsourcing.backbone.rejected", "{event}", "Events refused", books => books.Rejected);
        Counter("eventsourcing.backbone.dropped", "{event}", "Events given up after a receipt of queued", books => books.Dropped);
        Counter("eventsourcing.backbone.dead_lettered", "{event}", "Receipted events that Kafka refused", books => books.DeadLettered);
        Gauge("eventsourcing.backbone.queue.events", "{event}", "Events in memory", books => books.Queued);
        Gauge("eventsourcing.backbone.queue.size", "By", "Bytes of events in memory", books => books.QueuedBytes);
        Gauge("eventsourcing.backbone.spool.events", "{event}", "Events on disk", books => books.Spooled);
        Gauge("eventsourcing.backbone.spool.size", "By", "Bytes of events on disk", books => books.SpooledBytes);
    }

    public void Observe(IReadOnlyList<RouteChannel> channels) => _channels = channels;

    public static Activity? StartSend(string topic, ActivityContext parent) => Source.StartActivity(
        $"send {topic}", ActivityKind.Producer, parent, new TagList
        {
            { "messaging.system", "kafka" }, { "messaging.operation.name", "send" }, { "messaging.operation.type", "send" },
            { "messaging.destination.name", topic },
        });

    public void ReceiptGiven(RouteChannel channel, long acceptedAt, in Receipt receipt)
    {
        if (!_receiptDuration.Enabled)
            return;
        var level = receipt.IsAccepted ? LevelName(receipt.Level) : "rejected";
        _receiptDuration.Record(
            Stopwatch.GetElapsedTime(acceptedAt).TotalSeconds,
            new KeyValuePair<string, object?>("messaging.destination.name", channel.Name),
            new KeyValuePair<string, object?>("eventsourcing.receipt", level));
    }

    public void Dispose() => _meter.Dispose();

    private static string LevelName(ReceiptLevel level) =>
        level switch { ReceiptLevel.Queued => "queued", ReceiptLevel.Spooled => "spooled", _ => "stored" };

    private void Counter(string name, string unit, string description, Func<RouteStatistics, long> column) =>
        _meter.CreateObservableCounter(name, () => Measure(column), unit, description);

    private void Gauge(string name, string unit, string description, Func<RouteStatistics, long> column) =>
        _meter.CreateObservableGauge(name, () => Measure(column), unit, description);

    private IEnumerable<Measurement<long>> Measure(Func<RouteStatistics, long> column) => _channels.Select(channel => new Measurement<long>(
        column(channel.GetStatistics()),
        new("messaging.system", "kafka"), new("messaging.operation.name", "send"), new("messaging.destination.name", channel.Name)));
}
