namespace EventSourcing.LocalKafka.Storage;

/// <summary>What a partition remembers of one idempotent producer: its epoch and its last five batches, as many as a client may have in flight.</summary>
internal sealed class ProducerEntry(short epoch)
{
    public const int MaxBatches = 5;
    private readonly List<ProducerBatch> _batches = new(MaxBatches);

    public short Epoch { get; } = epoch;

    /// <summary>Oldest first; never empty once the entry is in the table.</summary>
    public IReadOnlyList<ProducerBatch> Batches => _batches;

    public ProducerBatch Last => _batches[^1];

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
    }
}
