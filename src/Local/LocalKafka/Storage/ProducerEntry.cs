using EventSourcing.LocalKafka.Storage.Cleaning;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// What a partition remembers of one producer: its epoch, its last five batches, as many as a client may have in flight, and where its open
/// transaction starts.
/// </summary>
internal sealed class ProducerEntry(short epoch)
{
    public const int MaxBatches = 5;
    private readonly List<ProducerBatch> _batches = new(MaxBatches);

    public short Epoch { get; } = epoch;

    /// <summary>Oldest first; empty when all that is known of this epoch is the marker of a transaction.</summary>
    public IReadOnlyList<ProducerBatch> Batches => _batches;

    /// <summary>Sequence of the last record, -1 without one: the next must be 0.</summary>
    public int LastSequence => _batches.Count > 0 ? _batches[^1].LastSequence : -1;

    /// <summary>When the producer or its coordinator last wrote, in milliseconds since 1970.</summary>
    public long LastTimestamp { get; set; }

    /// <summary>Offset of the first record of the open transaction; null without one.</summary>
    public long? TransactionFirstOffset { get; set; }

    /// <summary>Epoch of the coordinator that wrote the last marker, -1 before the first.</summary>
    public int CoordinatorEpoch { get; set; } = -1;

    /// <summary>What compaction keeps of the producer, however old it is.</summary>
    public LastOfProducer Last => new(_batches.Count == 0 ? null : _batches[^1].BaseOffset + SequenceNumber.Distance(_batches[^1].FirstSequence, _batches[^1].LastSequence), Epoch);

    public ProducerBatch? Find(int firstSequence, int lastSequence)
    {
        foreach (var batch in _batches)
        {
            if (batch.FirstSequence == firstSequence && batch.LastSequence == lastSequence)
                return batch;
        }

        return null;
    }

    public void Add(ProducerBatch batch)
    {
        if (_batches.Count == MaxBatches)
            _batches.RemoveAt(0);
        _batches.Add(batch);
        LastTimestamp = batch.Timestamp;
    }

    public ProducerDescription Describe(long producerId) =>
        new(producerId, Epoch, LastSequence, LastTimestamp, CoordinatorEpoch, TransactionFirstOffset ?? -1);
}
