using EventSourcing.Receipts;

namespace EventSourcing.Ledger;

/// <summary>What was found on one topic of one source.</summary>
internal sealed class SourceAccount(long id, string topic, string source, SegmentBudget budget)
{
    private SequenceSet? _repeated;
    private SequenceSet? _marked;

    public long Id => id;

    public string Topic => topic;

    public string Source => source;

    /// <summary>Some reporter knows the source: it is judged and never forgotten.</summary>
    public bool Reported { get; set; }

    /// <summary>Seen since the last search for a source to forget.</summary>
    public bool Touched { get; set; }

    public SequenceSet OnTopic { get; } = new(SequenceSet.DefaultMaxSegments, budget);

    public LatencyHistogram? Latency { get; private set; }

    public RateMeter Rate { get; } = new();

    public long Records { get; private set; }

    public long OutOfOrder { get; private set; }

    public long Duplicated => (_repeated?.Count ?? 0) - MarkedDuplicates;

    public long MarkedDuplicates => _repeated is null || _marked is null ? 0 : _repeated.CountIntersection(_marked);

    /// <summary>Events that found no room in the sets.</summary>
    public long Untracked => OnTopic.Refused + (_repeated?.Refused ?? 0) + (_marked?.Refused ?? 0);

    public void Add(in LedgerRecord record, LastSequences lastSequences, DateTimeOffset now)
    {
        Records++;
        Touched = true;
        Rate.Mark(now);
        if (record.Marked)
            (_marked ??= new(SequenceSet.DefaultMaxSegments, budget)).Add(record.Sequence);
        switch (OnTopic.Add(record.Sequence))
        {
            case SequenceAddition.Present:
                (_repeated ??= new(SequenceSet.DefaultMaxSegments, budget)).Add(record.Sequence);
                break;
            case SequenceAddition.Added when !lastSequences.Advance(id, record.Partition, record.Key, record.Sequence):
                OutOfOrder++;
                break;
        }
    }

    public void Measure(TimeSpan latency) => (Latency ??= new()).Add(latency);

    public void Forget()
    {
        OnTopic.Clear();
        _repeated?.Clear();
        _marked?.Clear();
    }
}
