using System.Diagnostics;
using EventSourcing.EventBackbone.Telemetry;

namespace EventSourcing.EventBackbone.Publishing;

internal sealed partial class RouteChannel
{
    /// <summary>Starts the <c>send</c> span of a sampled event and writes its context into the record; nothing for all others.</summary>
    public void StartSpan(PendingEvent pending, string? eventTraceParent)
    {
        if (TraceContext.Sampled(eventTraceParent) is not { } parent)
            return;
        var previous = Activity.Current;
        pending.Span = BackboneTelemetry.StartSend(Name, parent);
        Activity.Current = previous;                          // the span ends on another thread
        TraceContext.Write(pending.Record, pending.Span?.Id ?? TraceContext.Format(parent));
    }

    private static void EndSpan(PendingEvent pending, string errorType)
    {
        if (pending.Span is not { } span)
            return;
        span.SetStatus(ActivityStatusCode.Error);
        span.SetTag("error.type", errorType);
        span.Dispose();
        pending.Span = null;
    }

    private static void EndSpan(PendingEvent pending, RecordReport report)
    {
        if (pending.Span is not { } span)
            return;
        if (report.Error.IsError)
        {
            EndSpan(pending, report.Error.Code.ToString());
            return;
        }
        span.SetTag("messaging.destination.partition.id", report.Partition.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        span.SetTag("messaging.kafka.offset", report.Offset.Value);
        span.Dispose();
        pending.Span = null;
    }
}
