using EventSourcing.Receipts;

namespace EventSourcing.Ledger;

/// <summary>What was promised of one source on one topic.</summary>
/// <param name="Reporter">Who says so; null when more than one does.</param>
/// <param name="Answers">All answers.</param>
/// <param name="Due">The promises that must be found by now; null when none.</param>
internal sealed record Claim(string? Reporter, SourceAnswers Answers, SequenceSet? Due)
{
    public Claim With(Claim other) => new(
        Reporter == other.Reporter ? Reporter : null,
        Answers.With(other.Answers),
        Due is null && other.Due is null ? null : SourceAnswers.Union(Due, other.Due));
}
