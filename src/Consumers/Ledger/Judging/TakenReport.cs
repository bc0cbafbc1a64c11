using EventSourcing.Receipts;

namespace EventSourcing.Ledger;

/// <summary>A report as the ledger took it. Immutable.</summary>
internal sealed class TakenReport
{
    public TakenReport(ReceiptsReport report, DateTimeOffset takenAt)
    {
        (Number, Final, TakenAt) = (report.Number, report.Final, takenAt);
        foreach (var state in report.Sources)
            Sources[(state.Topic, state.Source)] = SourceAnswers.From(state);
        Segments = Sources.Values.Sum(static source => (long)source.Segments);
    }

    public long Number { get; }

    public bool Final { get; }

    public DateTimeOffset TakenAt { get; }

    public Dictionary<(string Topic, string Source), SourceAnswers> Sources { get; } = [];

    public long Segments { get; }
}
