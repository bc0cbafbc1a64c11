using System.Diagnostics;
using System.Text;

namespace EventSourcing.EventBackbone.Telemetry;

/// <summary>W3C trace context in Kafka's own record header <c>traceparent</c>.</summary>
internal static class TraceContext
{
    public const string Header = "traceparent";

    /// <summary>The sampled context that an event belongs to: the current activity's, else the one the event carries; null when none is sampled.</summary>
    public static ActivityContext? Sampled(string? eventTraceParent)
    {
        if (Activity.Current is { } current)
            return current.ActivityTraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? current.Context : null;
        return Parse(eventTraceParent);
    }

    public static void Write(Record record, string traceParent) =>
        (record.Headers ??= []).Add(Header, Encoding.ASCII.GetBytes(traceParent));

    /// <summary>The sampled context in the record's header; null when there is none.</summary>
    public static ActivityContext? Read(Record record) =>
        record.Headers is { } headers && headers.TryGetLastBytes(Header, out var bytes) ? Parse(Encoding.ASCII.GetString(bytes)) : null;

    public static string Format(ActivityContext context) => $"00-{context.TraceId}-{context.SpanId}-01";

    private static ActivityContext? Parse(string? traceParent) =>
        traceParent is not null && ActivityContext.TryParse(traceParent, null, isRemote: true, out var context)
            && context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? context : null;
}
