namespace EventSourcing.Receipts;

/// <summary>
/// The body of <c>PUT /receipts/{reporter}</c>: a reporter's full state, so that sending it again changes nothing and a lost report costs nothing.
/// </summary>
/// <param name="StartedAt">When this run of the reporter started: tells two runs of one reporter apart.</param>
/// <param name="Number">Counts the reports of this run from 1; a report with a lower number than one already taken is out of date.</param>
/// <param name="Final">True in the last report: the reporter sends nothing any more.</param>
/// <param name="Sources">Every source the reporter has sent events of.</param>
public sealed record ReceiptsReport(DateTimeOffset StartedAt, long Number, bool Final, IReadOnlyList<SourceReceiptsState> Sources);
