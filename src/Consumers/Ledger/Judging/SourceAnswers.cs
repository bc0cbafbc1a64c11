using EventSourcing.Receipts;

namespace EventSourcing.Ledger;

/// <summary>
/// One source's answers as reported, reduced to what the judgement needs. The best answer of an event counts:
/// stored, spooled, queued, unanswered, rejected. Immutable.
/// </summary>
internal sealed class SourceAnswers
{
    private static readonly SequenceSet None = new();

    private SourceAnswers(string topic, string source) => (Topic, Source) = (topic, source);

    public string Topic { get; }

    public string Source { get; }

    /// <summary>Stored or spooled.</summary>
    public SequenceSet Promised { get; private init; } = None;

    /// <summary>Queued or unanswered, promised ones included.</summary>
    public SequenceSet Open { get; private init; } = None;

    /// <summary>Refused without a better answer.</summary>
    public SequenceSet Rejected { get; private init; } = None;

    public SequenceSet Spooled { get; private init; } = None;

    public SequenceSet Queued { get; private init; } = None;

    public long QueuedCount => Queued.CountExcept(Promised);

    public long UnansweredCount => Open.CountUnion(Promised) - Queued.CountUnion(Promised);

    public int Segments => Promised.Segments + Open.Segments + Rejected.Segments;

    public long Refused => Promised.Refused + Open.Refused + Rejected.Refused;

    public static SourceAnswers From(SourceReceiptsState state)
    {
        var promised = Union(state.Stored, state.Spooled);
        var open = Union(state.Queued, state.Unanswered);
        return new SourceAnswers(state.Topic, state.Source)
        {
            Promised = promised,
            Open = open,
            Queued = state.Queued ?? None,
            Spooled = state.Spooled ?? None,
            Rejected = Except(state.Rejected ?? None, Union(promised, open)),
        };
    }

    /// <summary>Both reporters' answers to the same source: the best one counts.</summary>
    public SourceAnswers With(SourceAnswers other)
    {
        var promised = Union(Promised, other.Promised);
        var open = Union(Open, other.Open);
        return new SourceAnswers(Topic, Source)
        {
            Promised = promised,
            Open = open,
            Queued = Union(Queued, other.Queued),
            Spooled = Union(Spooled, other.Spooled),
            Rejected = Except(Union(Rejected, other.Rejected), Union(promised, open)),
        };
    }

    internal static SequenceSet Union(SequenceSet? left, SequenceSet? right)
    {
        if (right is null or { Count: 0, Refused: 0 })
            return left ?? None;
        if (left is null or { Count: 0, Refused: 0 })
            return right;
        var union = left.Clone();
        union.UnionWith(right);
        return union;
    }

    private static SequenceSet Except(SequenceSet left, SequenceSet right)
    {
        if (left.Count == 0 || right.Count == 0)
            return left;
        var rest = new SequenceSet();
        foreach (var range in left.RangesExcept(right))
            rest.AddRange(range.First, range.Last);
        return rest;
    }
}
