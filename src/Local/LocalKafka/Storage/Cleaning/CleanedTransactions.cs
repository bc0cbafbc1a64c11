namespace EventSourcing.LocalKafka.Storage.Cleaning;

/// <summary>
/// Walks a log's transactions while it is cleaned: which batches belong to aborted ones, and which markers have outlived all records of theirs. Batches and
/// markers must be shown in the order of the log, from a place on that no unfinished transaction precedes unseen.
/// </summary>
/// <param name="aborted">The aborted transactions of the range.</param>
internal sealed class CleanedTransactions(IEnumerable<AbortedTransaction> aborted)
{
    private readonly Queue<AbortedTransaction> _coming = new(aborted.OrderBy(transaction => transaction.FirstOffset));
    private readonly Dictionary<long, Ongoing> _aborted = [];
    private readonly HashSet<long> _committed = [];

    /// <summary>Where aborted transactions are noted again that still have something in the log; null while nothing is written.</summary>
    public TransactionIndex? Index { get; set; }

    /// <summary>Whether a batch of records belongs to an aborted transaction.</summary>
    public bool IsAborted(in RecordBatchHeader batch)
    {
        Begin(batch.LastOffset);
        if (!batch.IsTransactional)
            return false;
        if (!_aborted.TryGetValue(batch.ProducerId, out var transaction))
        {
            _committed.Add(batch.ProducerId);
            return false;
        }

        transaction.HasBatches = true;
        return true;
    }

    /// <summary>Whether the transaction that a marker ends has no batch left. <paramref name="marker"/> is null for a control batch of another kind.</summary>
    public bool HasNothingLeft(in RecordBatchHeader batch, TransactionMarker? marker)
    {
        Begin(batch.LastOffset);
        if (marker is not { } ending)
            return batch.RecordCount == 0;
        if (ending.IsCommit)
            return !_committed.Remove(batch.ProducerId);
        if (!_aborted.Remove(batch.ProducerId, out var transaction) || !transaction.HasBatches)
            return true;
        Index?.Append(transaction.Entry);
        return false;
    }

    private void Begin(long offset)
    {
        while (_coming.TryPeek(out var next) && next.FirstOffset <= offset)
        {
            _coming.Dequeue();
            _aborted.TryAdd(next.ProducerId, new Ongoing(next));
        }
    }

    private sealed class Ongoing(AbortedTransaction entry)
    {
        public AbortedTransaction Entry { get; } = entry;

        public bool HasBatches { get; set; }
    }
}
