namespace EventSourcing.Receipts;

/// <summary>The answer of <c>GET /ledger</c>.</summary>
public sealed record LedgerReport
{
    /// <summary>True when every reporter has ended and the ledger has read all that was on the topics after their last report.</summary>
    public required bool Settled { get; init; }

    /// <summary><see cref="LedgerCounts.Balanced"/> of <see cref="Totals"/>, and no log was cut off below what had been read.</summary>
    public required bool Balanced { get; init; }

    /// <summary>The figures of all reported sources.</summary>
    public required LedgerCounts Totals { get; init; }

    /// <summary>Latency of all reported sources.</summary>
    public required LatencySummary Latency { get; init; }

    /// <summary>Rows by what the query parameter <c>by</c> names: <c>reporter</c> (per topic; the default), <c>source</c> or <c>topic</c>.</summary>
    public required IReadOnlyList<LedgerRow> Sources { get; init; }

    /// <summary>One row per topic.</summary>
    public required IReadOnlyList<LedgerRow> Topics { get; init; }

    /// <summary>Who reports receipts, and whether they have ended.</summary>
    public required IReadOnlyList<ReporterStatus> Reporters { get; init; }

    /// <summary>Dead letters by reason, the most frequent first.</summary>
    public required IReadOnlyList<DeadLetterCount> DeadLetters { get; init; }

    /// <summary>What was read besides: sources that nobody reports.</summary>
    public required ForeignCounts Foreign { get; init; }

    /// <summary>How far the ledger has read.</summary>
    public required ReadingStatus Reading { get; init; }

    /// <summary>How many rows <see cref="Sources"/> leaves out because of the query parameter <c>limit</c>.</summary>
    public int LeftOut { get; init; }
}

/// <summary>One run of a reporter.</summary>
/// <param name="Name">The reporter.</param>
/// <param name="StartedAt">When this run started.</param>
/// <param name="State"><c>reporting</c>, <c>final</c>, <c>replaced</c> (silent, and a later run reports) or <c>silent</c>.</param>
/// <param name="LastReportAt">When the ledger took its last report.</param>
/// <param name="Sources">How many sources it reports.</param>
public sealed record ReporterStatus(string Name, DateTimeOffset StartedAt, string State, DateTimeOffset LastReportAt, int Sources);

/// <summary>Records of sources that no reporter knows: older runs, other producers, plain records. Never counted as lost.</summary>
/// <param name="Sources">Sources the ledger has in memory.</param>
/// <param name="Records">Records read of them, forgotten ones included.</param>
/// <param name="NotSequenced">Records without <c>ce_source</c> and a valid <c>ce_sequence</c>.</param>
/// <param name="Forgotten">Sources dropped from memory to stay within the bound.</param>
public sealed record ForeignCounts(int Sources, long Records, long NotSequenced, long Forgotten);

/// <summary>How far the ledger has read.</summary>
/// <param name="CaughtUp">True when it has read everything that was on the topics at its last look.</param>
/// <param name="Lag">Records behind the end of the topics at the last look; -1 before the first one.</param>
/// <param name="Partitions">Partitions read.</param>
/// <param name="RecordsPerSecond">Records per second over the last few seconds.</param>
/// <param name="KeysForgotten">Record keys dropped from memory: their next event starts a new order check.</param>
/// <param name="ReadAgain">Records that the client gave a second time (same partition and offset): not counted again.</param>
/// <param name="CutOff">Offsets that had been read and are beyond the end of their log now: a broker lost them.</param>
public sealed record ReadingStatus(
    bool CaughtUp, long Lag, int Partitions, double RecordsPerSecond, long KeysForgotten, long ReadAgain = 0, long CutOff = 0);
