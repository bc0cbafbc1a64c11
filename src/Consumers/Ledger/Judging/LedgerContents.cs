namespace EventSourcing.Ledger;

/// <summary>What the ledger remembers. Not thread-safe; <see cref="LedgerBook"/> holds the lock.</summary>
internal sealed class LedgerContents(LedgerOptions options)
{
    private readonly Dictionary<string, TopicTally> _topics = [];

    public Reporters Reporters { get; } = new(options);

    public SourceAccounts Accounts { get; } = new(options.MaxSources, options.MaxSegments);

    public LastSequences LastSequences { get; } = new(options.MaxKeys);

    public DeadLetterReasons DeadLetters { get; } = new();

    public ReadProgress Progress { get; } = new();

    /// <summary>By topic; the configured ones only, so their number is bounded.</summary>
    public IReadOnlyDictionary<string, TopicTally> Topics => _topics;

    /// <summary>Records without source and sequence: nothing to judge.</summary>
    public long NotSequenced { get; set; }

    public TopicTally Topic(string name)
    {
        if (!_topics.TryGetValue(name, out var tally))
            _topics.Add(name, tally = new TopicTally());
        return tally;
    }

    /// <summary>Every reporter has ended, and all that was on the topics after the last report has been read.</summary>
    public bool IsSettled(DateTimeOffset now) => Reporters.AllEnded(now) && Progress.CaughtUpAsOf >= Reporters.LastTakenAt;
}
