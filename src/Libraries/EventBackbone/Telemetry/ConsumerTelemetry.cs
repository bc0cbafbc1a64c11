using System.Diagnostics;
using System.Diagnostics.Metrics;
using Confluent.Kafka;
using EventSourcing.EventBackbone.Consuming;

namespace EventSourcing.EventBackbone.Telemetry;

/// <summary>What consumers tell; OTel messaging conventions v1.44.0 (status Development). Spans only for records whose context is sampled.</summary>
internal sealed class ConsumerTelemetry : IDisposable
{
    private static readonly ActivitySource Source = new(BackboneTelemetry.Name);
    private static readonly TimeSpan LagInterval = TimeSpan.FromSeconds(1);
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    private readonly Meter _meter;
    private readonly Counter<long> _consumed;
    private readonly Histogram<double> _duration;
    private volatile IReadOnlyList<(PartitionState State, long Lag)> _partitions = [];
    private long _observedAt;

    public ConsumerTelemetry(string group, IMeterFactory? meters = null)
    {
        _meter = meters?.Create(BackboneTelemetry.Name) ?? new Meter(BackboneTelemetry.Name);
        _consumed = _meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Records handled");
        _duration = _meter.CreateHistogram("messaging.process.duration", "s", "One batch, retries included", advice: Buckets);
        _meter.CreateObservableGauge("eventsourcing.backbone.consumer.lag", () => Measure(group, partition => partition.Lag), "{message}", "Records not handled yet");
        _meter.CreateObservableGauge("eventsourcing.backbone.inbox.usage", () => Measure(group, partition => partition.State.Waiting), "{message}", "Records waiting in memory");
    }

    /// <summary>Runs on the poll thread; looks once a second.</summary>
    public void Observe(IConsumer<byte[]?, byte[]?> consumer, Inbox inbox)
    {
        if (_observedAt != 0 && Stopwatch.GetElapsedTime(_observedAt) < LagInterval)
            return;
        _observedAt = Stopwatch.GetTimestamp();
        _partitions = inbox.GetState().Select(state => (state, LagOf(consumer, state))).ToArray();
    }

    public static List<Activity>? StartProcess(string group, IReadOnlyList<ReceivedEvent> batch)
    {
        List<Activity>? spans = null;
        foreach (var received in batch)
            if (TraceContext.Read(received.Record.Message) is { } parent && Start(group, received.Record, parent) is { } span)
                (spans ??= []).Add(span);
        return spans;
    }

    public static void Fail(List<Activity>? spans, Exception exception)
    {
        foreach (var span in spans ?? [])
        {
            span.SetStatus(ActivityStatusCode.Error);
            span.SetTag("error.type", exception.GetType().FullName);
        }
    }

    public static void End(List<Activity>? spans)
    {
        foreach (var span in spans ?? [])
            span.Dispose();
    }

    public void Processed(string group, IReadOnlyList<ReceivedEvent> batch, TimeSpan duration, Exception? error)
    {
        foreach (var topic in batch.GroupBy(received => received.Record.Topic))
        {
            var tags = new TagList
            {
                { "messaging.system", "kafka" }, { "messaging.operation.name", "process" },
                { "messaging.destination.name", topic.Key }, { "messaging.consumer.group.name", group },
            };
            if (error is not null)
                tags.Add("error.type", error.GetType().FullName);
            _consumed.Add(topic.Count(), tags);
            _duration.Record(duration.TotalSeconds, tags);
        }
    }

    public void Dispose() => _meter.Dispose();

    private static Activity? Start(string group, ConsumedRecord record, ActivityContext parent)
    {
        var current = Activity.Current;
        var span = Source.StartActivity($"process {record.Topic}", ActivityKind.Consumer, parent, new TagList
        {
            { "messaging.system", "kafka" }, { "messaging.operation.name", "process" }, { "messaging.operation.type", "process" },
            { "messaging.destination.name", record.Topic }, { "messaging.consumer.group.name", group },
            { "messaging.destination.partition.id", record.Partition.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            { "messaging.kafka.offset", record.Offset.Value },
        });
        Activity.Current = current;                           // a batch has many of them: none is the current one
        return span;
    }

    private static long LagOf(IConsumer<byte[]?, byte[]?> consumer, PartitionState state)
    {
        var high = consumer.GetWatermarkOffsets(state.Partition).High.Value;
        return high < 0 || state.Position < 0 ? 0 : Math.Max(0, high - state.Position);
    }

    private IEnumerable<Measurement<long>> Measure(string group, Func<(PartitionState State, long Lag), long> value) =>
        _partitions.Select(partition => new Measurement<long>(
            value(partition),
            new("messaging.system", "kafka"), new("messaging.consumer.group.name", group),
            new("messaging.destination.name", partition.State.Partition.Topic),
            new("messaging.destination.partition.id", partition.State.Partition.Partition.Value)));
}
