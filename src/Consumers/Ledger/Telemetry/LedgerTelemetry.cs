using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EventSourcing.Ledger;

/// <summary>
/// Metrics and spans by the OpenTelemetry messaging conventions v1.44.0 (status Development). A span is made only for a record whose context is sampled.
/// </summary>
internal sealed class LedgerTelemetry : IDisposable
{
    public const string Name = "EventSourcing.Ledger";

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter;
    private readonly Counter<long> _consumed;

    public LedgerTelemetry(IMeterFactory meters, LedgerBook book)
    {
        _meter = meters.Create(Name);
        _consumed = _meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Records read.");
        _meter.CreateObservableGauge("eventsourcing.ledger.lag", () => book.Read(contents => contents.Progress.Lag), "{message}", "Records behind the ends of the topics.");
        _meter.CreateObservableGauge("eventsourcing.ledger.sources", () => book.Read(contents => contents.Accounts.Count), "{source}", "Sources in memory.");
        _meter.CreateObservableGauge("eventsourcing.ledger.keys", () => book.Read(contents => contents.LastSequences.Count), "{key}", "Record keys in memory.");
        _meter.CreateObservableGauge("eventsourcing.ledger.segments", () => book.Read(contents => contents.Accounts.SegmentsUsed), "{segment}", "Runs and incomplete pages of sequences in memory.");
    }

    public void Consumed(List<ReadRecord> records)
    {
        foreach (var topic in records.CountBy(static record => record.Result.Topic))
            _consumed.Add(topic.Value, new("messaging.system", "kafka"), new("messaging.operation.name", "poll"), new("messaging.destination.name", topic.Key));
    }

    /// <summary>A <c>process</c> span under the context that came with the record; nothing for a record that is not sampled.</summary>
    public void Trace(in ReadRecord record, string group)
    {
        if (record.Envelope.TraceParent is not { } parent || !IsSampled(parent))
            return;
        if (!ActivityContext.TryParse(parent, record.Envelope.TraceState, isRemote: true, out var context))
            return;
        var result = record.Result;
        using var activity = _source.StartActivity($"process {result.Topic}", ActivityKind.Consumer, context, new TagList
        {
            { "messaging.system", "kafka" },
            { "messaging.operation.name", "process" },
            { "messaging.operation.type", "process" },
            { "messaging.destination.name", result.Topic },
            { "messaging.destination.partition.id", result.Partition.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            { "messaging.consumer.group.name", group },
            { "messaging.kafka.offset", result.Offset.Value },
        });
        activity?.SetTag("cloudevents.event_source", record.Envelope.Source);
    }

    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }

    /// <summary>The last bit of the trace flags: <c>00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01</c>.</summary>
    private static bool IsSampled(string traceParent) =>
        traceParent.Length >= 55 && char.IsAsciiHexDigit(traceParent[54]) && (Convert.ToInt32(traceParent[54].ToString(), 16) & 1) == 1;
}
