namespace EventSourcing.Receipts;

/// <summary>The figures of one topic, reporter or source.</summary>
/// <param name="Name">The topic, the reporter or the source.</param>
/// <param name="Counts">The figures.</param>
/// <param name="Latency">Event time to consumption.</param>
/// <param name="RecordsPerSecond">Records per second over the last few seconds.</param>
/// <param name="Topic">The topic; null where the row has more than one.</param>
/// <param name="Reporter">Who reports the receipts; null when nobody does (foreign) or more than one.</param>
/// <param name="Lost">The first lost events as <c>source 17-19,22</c>; null when none is lost.</param>
public sealed record LedgerRow(
    string Name,
    LedgerCounts Counts,
    LatencySummary Latency,
    double RecordsPerSecond,
    string? Topic = null,
    string? Reporter = null,
    string? Lost = null);

/// <summary>End-to-end latency: event time (<c>ce_time</c>) to consumption by the ledger. Records older than the ledger's start are not measured.</summary>
/// <param name="Count">Records measured.</param>
/// <param name="P50Ms">Median, milliseconds; the error is at most 7 %.</param>
/// <param name="P95Ms">95th percentile, milliseconds.</param>
/// <param name="P99Ms">99th percentile, milliseconds.</param>
public sealed record LatencySummary(long Count, double P50Ms, double P95Ms, double P99Ms);

/// <summary>Dead letters of one reason.</summary>
/// <param name="Reason">The reason's URN.</param>
/// <param name="Count">Records.</param>
public sealed record DeadLetterCount(string Reason, long Count);
