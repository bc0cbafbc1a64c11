using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Storage;

/// <content>Transactions: which records are stable, and the markers that make them so.</content>
internal sealed partial class PartitionLog
{
    /// <summary>
    /// Where the oldest open transaction starts. Written before the first batch of a transaction can be seen and after its marker is stored: whoever
    /// has looked at the size of a segment and then reads this finds every unstable record at or after it.
    /// </summary>
    private long _firstUnstableOffset;

    /// <summary>Before this offset every transaction is decided; the end of the log when none is open.</summary>
    public long LastStableOffset => StableOffset(Volatile.Read(ref _firstUnstableOffset), StartOffset, EndOffset);

    /// <summary>Stores the marker that ends a producer's transaction here, whether or not the partition has records of it.</summary>
    public LogAppendResult AppendMarker(in TransactionMarker marker)
    {
        Span<byte> batch = stackalloc byte[TransactionMarker.Bytes];
        bool stableMoved;
        LogAppendResult result;
        lock (_gate)
        {
            if (_closed)
                return LogAppendResult.Refused(ErrorCode.UnknownTopicOrPartition, $"{Name} is being closed or deleted.");
            if (_producers.Check(marker) is var error and not ErrorCode.None)
                return LogAppendResult.Refused(error, $"{Name}: producer {marker.ProducerId} has a later epoch than {marker.ProducerEpoch}.");
            marker.Write(batch, _time.GetUtcNow().ToUnixTimeMilliseconds());
            var before = _firstUnstableOffset;
            result = Store(batch, RecordBatchHeader.Read(batch), marker);
            stableMoved = before != _firstUnstableOffset;
        }

        if (result.Error == ErrorCode.None)
            Waiters.OnAppended(batch.Length, stableMoved ? StableBytes.Released : StableOf(Volatile.Read(ref _firstUnstableOffset)));
        return result;
    }

    /// <summary>The producers the partition remembers, by id.</summary>
    public List<ProducerDescription> DescribeProducers()
    {
        lock (_gate)
            return [.. _producers.Producers.Select(producer => producer.Value.Describe(producer.Key)).OrderBy(producer => producer.ProducerId)];
    }

    private ErrorCode CheckTransaction(in RecordBatchHeader batch, ITransactionGuard guard)
    {
        if (!batch.HasProducerId)
            return ErrorCode.None;
        var open = _producers.FindOpenTransaction(batch.ProducerId);
        if (!batch.IsTransactional)
            return open is null ? ErrorCode.None : ErrorCode.InvalidTxnState;
        return open?.Epoch == batch.ProducerEpoch ? ErrorCode.None : guard.Check(Partition, batch.ProducerId, batch.ProducerEpoch);
    }

    /// <summary>
    /// What readers must find from the moment that they can see the batch: where its transaction starts, or that it aborts one. Should the batch not
    /// be stored after all, an entry too many says nothing wrong: what it concerns is not stable, and the marker will come.
    /// </summary>
    private void Announce(in RecordBatchHeader batch, in TransactionMarker? marker)
    {
        if (marker is null && batch.IsTransactional)
            Volatile.Write(ref _firstUnstableOffset, Math.Min(_firstUnstableOffset, batch.BaseOffset));
        else if (marker is { } ending && _producers.FindAborted(ending, batch.BaseOffset) is { } aborted)
            _segments[^1].Indexes.Aborted.Append(aborted);
    }

    private void Note(in RecordBatchHeader batch, in TransactionMarker? marker, long now)
    {
        if (marker is { } ended)
            _producers.Add(ended, now);
        else
            _producers.Add(batch, now);
    }

    private static long StableOffset(long firstUnstable, long start, long end) => firstUnstable == ProducerStateTable.NoneOpen ? end : Math.Max(firstUnstable, start);

    private static StableBytes StableOf(long firstUnstable) => firstUnstable == ProducerStateTable.NoneOpen ? StableBytes.AsAppended : StableBytes.None;
}
