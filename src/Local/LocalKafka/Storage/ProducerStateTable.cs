using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// The idempotent and transactional producers of one partition: finds batches that are stored already, refuses gaps, and knows which transactions
/// are open. Guarded by the log's lock.
/// </summary>
internal sealed class ProducerStateTable
{
    /// <summary>The first unstable offset while no transaction is open.</summary>
    public const long NoneOpen = long.MaxValue;

    private readonly Dictionary<long, ProducerEntry> _producers = [];
    private readonly SortedSet<long> _openTransactions = [];

    public IReadOnlyDictionary<long, ProducerEntry> Producers => _producers;

    /// <summary>Where the oldest open transaction starts; <see cref="NoneOpen"/> without one.</summary>
    public long FirstUnstableOffset => _openTransactions.Count == 0 ? NoneOpen : _openTransactions.Min;

    /// <summary>
    /// Judges a batch before it is stored. With <see cref="ErrorCode.None"/> and a duplicate, the batch is stored already and the duplicate's
    /// offset is the answer. A producer that the partition does not know may start at any sequence, as in Kafka since 2.5: retention may have
    /// removed what it wrote before.
    /// </summary>
    public ErrorCode Check(in RecordBatchHeader batch, out ProducerBatch? duplicate)
    {
        duplicate = null;
        if (!batch.HasProducerId || !_producers.TryGetValue(batch.ProducerId, out var producer))
            return ErrorCode.None;
        if (batch.ProducerEpoch < producer.Epoch)
            return ErrorCode.InvalidProducerEpoch;
        if (batch.ProducerEpoch > producer.Epoch)
            return batch.BaseSequence == 0 ? ErrorCode.None : ErrorCode.OutOfOrderSequenceNumber;

        duplicate = producer.Find(batch.BaseSequence, batch.LastSequence);
        if (duplicate is not null || batch.BaseSequence == SequenceNumber.Add(producer.LastSequence, 1))
            return ErrorCode.None;
        return producer.Batches.Count > 0 && SequenceNumber.IsAtOrBefore(batch.LastSequence, producer.LastSequence)
            ? ErrorCode.DuplicateSequenceNumber
            : ErrorCode.OutOfOrderSequenceNumber;
    }

    /// <summary>The entry of a producer with an open transaction in this partition.</summary>
    public ProducerEntry? FindOpenTransaction(long producerId) =>
        _producers.TryGetValue(producerId, out var producer) && producer.TransactionFirstOffset is not null ? producer : null;

    /// <summary>Notes a stored batch of records; also how the table is rebuilt from the log.</summary>
    public void Add(in RecordBatchHeader batch, long now)
    {
        if (!batch.HasProducerId)
            return;
        var producer = Find(batch.ProducerId, batch.ProducerEpoch);
        producer.Add(new ProducerBatch(batch.BaseSequence, batch.LastSequence, batch.BaseOffset, now));
        if (batch.IsTransactional && producer.TransactionFirstOffset is null)
        {
            producer.TransactionFirstOffset = batch.BaseOffset;
            _openTransactions.Add(batch.BaseOffset);
        }
    }

    /// <summary>Whether a marker may be stored: not when a later epoch has written meanwhile.</summary>
    public ErrorCode Check(in TransactionMarker marker) =>
        _producers.TryGetValue(marker.ProducerId, out var producer) && marker.ProducerEpoch < producer.Epoch ? ErrorCode.InvalidProducerEpoch : ErrorCode.None;

    /// <summary>The transaction that a marker at <paramref name="offset"/> will abort; null when it commits or there is none.</summary>
    public AbortedTransaction? FindAborted(in TransactionMarker marker, long offset)
    {
        if (marker.IsCommit || FindOpenTransaction(marker.ProducerId)?.TransactionFirstOffset is not { } first)
            return null;
        var stable = _openTransactions.FirstOrDefault(other => other != first, offset + 1);
        return new AbortedTransaction(marker.ProducerId, first, offset, stable);
    }

    /// <summary>Notes a stored marker.</summary>
    public void Add(in TransactionMarker marker, long now)
    {
        var producer = Find(marker.ProducerId, marker.ProducerEpoch);
        producer.LastTimestamp = now;
        producer.CoordinatorEpoch = marker.CoordinatorEpoch;
        if (producer.TransactionFirstOffset is { } first)
            _openTransactions.Remove(first);
        producer.TransactionFirstOffset = null;
    }

    public void Restore(long producerId, ProducerEntry entry)
    {
        _producers[producerId] = entry;
        if (entry.TransactionFirstOffset is { } first)
            _openTransactions.Add(first);
    }

    /// <summary>Forgets producers that have written nothing since <paramref name="oldest"/> and have no open transaction.</summary>
    public void Expire(long oldest)
    {
        foreach (var (id, producer) in _producers)
        {
            if (producer.LastTimestamp < oldest && producer.TransactionFirstOffset is null)
                _producers.Remove(id);
        }
    }

    /// <summary>The producer's entry; a new one when it is unknown or of another epoch, whose open transaction it takes over.</summary>
    private ProducerEntry Find(long producerId, short epoch)
    {
        var known = _producers.GetValueOrDefault(producerId);
        if (known?.Epoch == epoch)
            return known;
        var entry = new ProducerEntry(epoch) { TransactionFirstOffset = known?.TransactionFirstOffset, CoordinatorEpoch = known?.CoordinatorEpoch ?? -1 };
        return _producers[producerId] = entry;
    }
}
