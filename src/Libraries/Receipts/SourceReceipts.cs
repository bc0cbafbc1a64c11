namespace EventSourcing.Receipts;

/// <summary>The answers to one source's events for one topic. Thread-safe. An answer is never taken back: a better one is added to it.</summary>
public sealed class SourceReceipts
{
    private readonly Lock _gate = new();
    private readonly SequenceSet _stored = new();
    private readonly Action _changed;
    private SequenceSet? _spooled;
    private SequenceSet? _queued;
    private SequenceSet? _rejected;
    private SequenceSet? _unanswered;

    internal SourceReceipts(string source, string topic, Action changed) => (Source, Topic, _changed) = (source, topic, changed);

    /// <summary>The CloudEvents <c>source</c>.</summary>
    public string Source { get; }

    /// <summary>The topic the events were meant for.</summary>
    public string Topic { get; }

    /// <summary>How many events have each kind of answer.</summary>
    public ReceiptTotals Totals
    {
        get
        {
            lock (_gate)
                return new(_stored.Count, _spooled?.Count ?? 0, _queued?.Count ?? 0, _rejected?.Count ?? 0, _unanswered?.Count ?? 0);
        }
    }

    /// <summary>Notes a receipt at level stored: the record is in Kafka.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sequence is below 1 or above <see cref="SequenceSet.MaxSequence"/>.</exception>
    public void Stored(long sequence)
    {
        lock (_gate)
            _stored.Add(sequence);
        _changed();
    }

    /// <summary>Notes a receipt at level spooled: the event is on the service's disk.</summary>
    /// <inheritdoc cref="Stored" path="/exception"/>
    public void Spooled(long sequence) => Note(ref _spooled, sequence);

    /// <summary>Notes a receipt at level queued: no promise that survives the process.</summary>
    /// <inheritdoc cref="Stored" path="/exception"/>
    public void Queued(long sequence) => Note(ref _queued, sequence);

    /// <summary>Notes a refusal: the event is expected not to be on the topic.</summary>
    /// <inheritdoc cref="Stored" path="/exception"/>
    public void Rejected(long sequence) => Note(ref _rejected, sequence);

    /// <summary>Notes that no answer came: the event may or may not be on the topic.</summary>
    /// <inheritdoc cref="Stored" path="/exception"/>
    public void Unanswered(long sequence) => Note(ref _unanswered, sequence);

    internal SourceReceiptsState Snapshot()
    {
        lock (_gate)
            return new(Source, Topic, _stored.Clone(), _spooled?.Clone(), _queued?.Clone(), _rejected?.Clone(), _unanswered?.Clone());
    }

    private void Note(ref SequenceSet? set, long sequence)
    {
        lock (_gate)
            (set ??= new SequenceSet()).Add(sequence);
        _changed();
    }
}
