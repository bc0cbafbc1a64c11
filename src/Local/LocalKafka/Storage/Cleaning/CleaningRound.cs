namespace EventSourcing.LocalKafka.Storage.Cleaning;

/// <summary>What is the same for all batches of one round over a log.</summary>
internal sealed record CleaningRound
{
    /// <summary>Milliseconds since 1970.</summary>
    public required long Now { get; init; }

    /// <summary>Until when tombstones stay that are met for the first time: <c>delete.retention.ms</c> from now.</summary>
    public required long DeleteHorizon { get; init; }

    /// <summary>End of what may be cleaned.</summary>
    public required long EndOffset { get; init; }

    /// <summary>Where the keys of the dirty part were last seen.</summary>
    public required OffsetMap LastOffsets { get; init; }

    /// <summary>How far the map goes: less than to the end when it was full.</summary>
    public required long LastMappedOffset { get; init; }

    public required IReadOnlyDictionary<long, LastOfProducer> LastOfProducers { get; init; }
}

/// <summary>The last that a producer left in a partition: a batch of records or, without one, the marker with its epoch.</summary>
internal readonly record struct LastOfProducer(long? DataOffset, short Epoch)
{
    public bool IsIn(in RecordBatchHeader batch) => DataOffset is { } offset ? !batch.IsControl && batch.LastOffset == offset : batch.IsControl && batch.ProducerEpoch == Epoch;
}
