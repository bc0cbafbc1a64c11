namespace EventSourcing.Ledger;

/// <summary>All records of one topic, whoever sent them.</summary>
internal sealed class TopicTally
{
    public long Records { get; private set; }

    public RateMeter Rate { get; } = new();

    public void Add(DateTimeOffset now)
    {
        Records++;
        Rate.Mark(now);
    }
}
