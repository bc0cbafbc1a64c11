namespace EventSourcing.Receipts;

/// <summary>One source's part of a report. A missing set is an empty one.</summary>
/// <param name="Source">The CloudEvents <c>source</c>; 1 to 1,024 characters.</param>
/// <param name="Topic">The topic the events were meant for; 1 to 249 characters.</param>
/// <param name="Stored">Sequences receipted as stored.</param>
/// <param name="Spooled">Sequences receipted as spooled.</param>
/// <param name="Queued">Sequences receipted as queued.</param>
/// <param name="Rejected">Sequences that were refused.</param>
/// <param name="Unanswered">Sequences that nobody answered.</param>
public sealed record SourceReceiptsState(
    string Source,
    string Topic,
    SequenceSet? Stored = null,
    SequenceSet? Spooled = null,
    SequenceSet? Queued = null,
    SequenceSet? Rejected = null,
    SequenceSet? Unanswered = null);
