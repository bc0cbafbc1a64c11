using System.Text;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.PostgresCdc.Capture;
using EventSourcing.PostgresCdc.Decoding;
using EventSourcing.PostgresCdc.Positions;
using EventSourcing.PostgresCdc.Publishing;

namespace EventSourcing.PostgresCdc.Outbox;

/// <summary>Routes outbox events to their topics by aggregate type, keyed by aggregate id. What cannot be routed is parked.</summary>
internal sealed class OutboxRouter(SessionParts parts, SessionRun run)
{
    /// <summary>URN of outbox events that have no topic, or lack something.</summary>
    public const string UnroutableType = "urn:eventsourcing:unroutable-outbox-event";

    /// <summary>Routes an inserted row; <paramref name="mark"/> null for a row of a snapshot.</summary>
    public ValueTask RouteRowAsync(
        TableShape shape, RowBuffer row, Unit unit, ChangeMark mark, DateTimeOffset time, CancellationToken stop) =>
        RouteAsync(OutboxEvent.FromRow(shape, row), shape.Table.SourceText, unit, mark, time, stop);

    /// <summary>Routes a message.</summary>
    public ValueTask RouteMessageAsync(ReadOnlyMemory<byte> content, Unit unit, ChangeMark mark, DateTimeOffset time, CancellationToken stop) =>
        OutboxEvent.FromMessage(content) is { } read
            ? RouteAsync(read, parts.Plan.MessageSource, unit, mark, time, stop)
            : ParkAsync(content.ToArray(), parts.Plan.MessageSource, unit, mark, time, "the message is no JSON object", stop);

    private ValueTask RouteAsync(OutboxEvent read, string origin, Unit unit, ChangeMark mark, DateTimeOffset time, CancellationToken stop)
    {
        var error = read.FindError();
        if (error is not null || !parts.Plan.Outbox.TryGetValue(read.AggregateType!, out var route))
            return ParkAsync(read.Payload ?? [], origin, unit, mark, time, error ?? $"no topic is configured for aggregate type '{read.AggregateType}'", stop);
        var source = $"{origin}/{Uri.EscapeDataString(read.AggregateType!)}";
        var sequence = run.Sequences.Next(source, unit);
        if (mark.Ordinal > 0 && run.Changes.Redelivery.Tail.Has(route.Name, Encoding.UTF8.GetBytes(read.AggregateId!), mark))
            return ValueTask.CompletedTask;
        try
        {
            var text = mark.Ordinal > 0 ? mark.ToString() : SnapshotId.Of(mark.Lsn, read.Id!);
            var record = EventFactory.CreateOfOutbox(
                new Uri(source, UriKind.Relative), read.Id!, read.Type!, read.AggregateId!, time, read.IsJson ? "application/json" : "text/plain; charset=utf-8",
                read.Payload, text, sequence);
            if (read.TraceParent is { Length: 55 } traceParent)
                record[EventAttributes.TraceParent] = traceParent;
            using var span = parts.Telemetry.StartProcess(route.Name, read.TraceParent);
            var isMarked = mark.Ordinal > 0 ? run.Changes.Redelivery.TakeMark(mark.Lsn) : run.Start.Loss is not null;
            return run.Changes.PublishAsync(route, record, unit, isMarked, stop);
        }
        catch (ArgumentException impossible)
        {
            return ParkAsync(read.Payload ?? [], origin, unit, mark, time, impossible.Message, stop);
        }
    }

    private ValueTask ParkAsync(byte[] payload, string origin, Unit unit, ChangeMark mark, DateTimeOffset time, string reason, CancellationToken stop)
    {
        var record = new CloudEvent(CloudEventsSpecVersion.V1_0)
        {
            Id = mark.ToString(),
            Source = new Uri(origin, UriKind.Relative),
            Type = Contracts.EventTypes.Change,
            Time = time,
            DataContentType = "application/octet-stream",
            Data = payload,
        };
        return run.Changes.PublishAsync(DeadLetter.Route, record, unit, isMarked: false, stop, new Rejection(RejectionKind.Poison, UnroutableType, $"Outbox event: {reason}."));
    }
}
