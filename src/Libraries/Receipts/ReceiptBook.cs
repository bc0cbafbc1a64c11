using System.Collections.Concurrent;

namespace EventSourcing.Receipts;

/// <summary>
/// What one sender was told about the events it sent, per <c>source</c> and topic: the truth that the ledger compares the topics with.
/// Thread-safe; a note costs a dictionary look-up and a bit. Memory: see <see cref="SequenceSet"/>, times the sources, whose number is the sender's own choice.
/// </summary>
public sealed class ReceiptBook
{
    private readonly ConcurrentDictionary<(string Source, string Topic), SourceReceipts> _sources = new();
    private readonly Func<(string Source, string Topic), SourceReceipts> _create;
    private long _version;

    /// <summary>Makes an empty book.</summary>
    public ReceiptBook() => _create = key => new SourceReceipts(key.Source, key.Topic, Changed);

    /// <summary>Counts the notes taken so far: unchanged means that there is nothing new to report.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>What all sources were told, added up.</summary>
    public ReceiptTotals Totals => _sources.Values.Aggregate(default(ReceiptTotals), static (sum, source) => sum + source.Totals);

    /// <summary>The page of one source and topic, for senders that note many events of one source.</summary>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public SourceReceipts For(string source, string topic)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(topic);
        return _sources.GetOrAdd((source, topic), _create);
    }

    /// <summary>Notes that the event <paramref name="sequence"/> of <paramref name="source"/> for <paramref name="topic"/> was receipted as stored.</summary>
    public void Stored(string source, string topic, long sequence) => For(source, topic).Stored(sequence);

    /// <summary>Notes a receipt at level spooled.</summary>
    public void Spooled(string source, string topic, long sequence) => For(source, topic).Spooled(sequence);

    /// <summary>Notes a receipt at level queued: no promise that survives the process.</summary>
    public void Queued(string source, string topic, long sequence) => For(source, topic).Queued(sequence);

    /// <summary>Notes a refusal: the event is expected not to be on the topic.</summary>
    public void Rejected(string source, string topic, long sequence) => For(source, topic).Rejected(sequence);

    /// <summary>Notes that no answer came (connection lost, timeout): the event may or may not be on the topic.</summary>
    public void Unanswered(string source, string topic, long sequence) => For(source, topic).Unanswered(sequence);

    /// <summary>A copy of all pages, as they go to the ledger.</summary>
    public IReadOnlyList<SourceReceiptsState> Snapshot() => [.. _sources.Values.Select(static source => source.Snapshot())];

    private void Changed() => Interlocked.Increment(ref _version);
}
