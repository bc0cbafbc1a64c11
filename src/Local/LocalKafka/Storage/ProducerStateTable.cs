using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>The idempotent producers of one partition: finds batches that are stored already and refuses gaps. Guarded by the log's lock.</summary>
internal sealed class ProducerStateTable
{
    private readonly Dictionary<long, ProducerEntry> _producers = [];

    public IReadOnlyDictionary<long, ProducerEntry> Producers => _producers;

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
        if (duplicate is not null || batch.BaseSequence == SequenceNumber.Add(producer.Last.LastSequence, 1))
            return ErrorCode.None;
        return SequenceNumber.IsAtOrBefore(batch.LastSequence, producer.Last.LastSequence)
            ? ErrorCode.DuplicateSequenceNumber
            : ErrorCode.OutOfOrderSequenceNumber;
    }

    /// <summary>Notes a stored batch; also how the table is rebuilt from the log.</summary>
    public void Add(in RecordBatchHeader batch, long now)
    {
        if (!batch.HasProducerId)
            return;
        if (!_producers.TryGetValue(batch.ProducerId, out var producer) || producer.Epoch != batch.ProducerEpoch)
            _producers[batch.ProducerId] = producer = new ProducerEntry(batch.ProducerEpoch);
        producer.Add(new ProducerBatch(batch.BaseSequence, batch.LastSequence, batch.BaseOffset, now));
    }

    public void Restore(long producerId, ProducerEntry entry) => _producers[producerId] = entry;

    /// <summary>Forgets producers that have written nothing since <paramref name="oldest"/>.</summary>
    public void Expire(long oldest)
    {
        foreach (var (id, producer) in _producers)
        {
            if (producer.Last.Timestamp < oldest)
                _producers.Remove(id);
        }
    }
}
