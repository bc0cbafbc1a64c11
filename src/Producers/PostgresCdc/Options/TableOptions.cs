namespace EventSourcing.PostgresCdc.Options;

/// <summary>One captured table.</summary>
public sealed class TableOptions
{
    /// <summary><c>schema.table</c>, or a table of schema <c>public</c>; as the catalog spells it.</summary>
    public string Name { get; set; } = "";

    /// <summary>How it is captured; default <see cref="CaptureMode.Log"/>.</summary>
    public CaptureMode Capture { get; set; } = CaptureMode.Log;

    /// <summary>An outbox: its inserts are events, routed by aggregate type. With <see cref="CaptureMode.Log"/> only; default false.</summary>
    public bool Outbox { get; set; }

    /// <summary>Column of an inserted row that is the last part of the event's <c>source</c>; together with <see cref="SequenceColumn"/>.</summary>
    public string? SourceColumn { get; set; }

    /// <summary>Column of an inserted row that is the event's <c>sequence</c>: the writer of the row numbers its own events.</summary>
    public string? SequenceColumn { get; set; }

    /// <summary>Column with the W3C <c>traceparent</c> of who wrote the row.</summary>
    public string? TraceParentColumn { get; set; }

    /// <summary>With <see cref="CaptureMode.Polling"/>: a column whose values grow, an incrementing id or a time of update.</summary>
    public string? PollColumn { get; set; }
}

/// <summary>Where changes are taken from.</summary>
public enum CaptureMode
{
    /// <summary>The write-ahead log, through the replication slot.</summary>
    Log,

    /// <summary>A trigger that writes row images into a log table, which is polled.</summary>
    Trigger,

    /// <summary>The table itself, asked for rows above the last one seen.</summary>
    Polling,
}

/// <summary>Where outbox events of an aggregate type go.</summary>
public sealed class OutboxRouteOptions
{
    /// <summary>Value of column <c>aggregatetype</c>.</summary>
    public string AggregateType { get; set; } = "";

    /// <summary>The topic, keyed by aggregate id.</summary>
    public string Topic { get; set; } = "";
}
