using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Topics;
using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Transactions;

/// <summary>
/// Carries out what was decided: a marker to each partition, the offsets to their groups, then the note that it is done. Every step may be done
/// twice, so after a crash in the middle it starts again from the first.
/// </summary>
internal sealed class TransactionCompletion(TransactionJournal journal, TopicCatalogue topics, OffsetStore offsets, LogFlusher flusher, TimeProvider time, ILogger logger)
{
    /// <summary>Completes a transaction in PrepareCommit or PrepareAbort; one caller at a time.</summary>
    /// <exception cref="IOException">The disk failed; the transaction stays prepared.</exception>
    public async Task CompleteAsync(TransactionMetadata metadata)
    {
        TransactionHeader header;
        List<PartitionLog> logs;
        List<OffsetEntry> pending;
        lock (metadata.Gate)
        {
            header = metadata.Header;
            if (!header.IsPrepared)
                return;
            logs = [.. metadata.Partitions.Select(partition => topics.FindPartition(partition.Topic, partition.Partition)).OfType<PartitionLog>()];
            pending = [.. metadata.Offsets.Where(offset => topics.FindPartition(offset.Partition.Topic, offset.Partition.Partition) is not null)];
        }

        var isCommit = header.State == TransactionState.PrepareCommit;
        var marker = new TransactionMarker(header.Producer.ProducerId, header.Producer.Epoch, isCommit, TransactionCoordinator.Epoch);
        foreach (var log in logs)
            Append(log, marker);
        await Task.WhenAll(logs.Select(flusher.OnAppendedAsync));
        if (isCommit)
            Apply(pending);
        End(metadata, header with { State = isCommit ? TransactionState.CompleteCommit : TransactionState.CompleteAbort, StartedAt = -1 });
    }

    /// <summary>
    /// Ends transactions that are open in a partition and nowhere else: a power cut has kept their records and lost either their beginning in the
    /// journal or their marker. A marker is written again; what has no known outcome is aborted. To be called while nobody produces.
    /// </summary>
    public void EndHanging()
    {
        foreach (var log in topics.All.SelectMany(topic => topic.Partitions))
        {
            foreach (var producer in log.DescribeProducers().Where(producer => producer.TransactionFirstOffset >= 0))
            {
                var known = journal.Find(producer.ProducerId);
                var isHolder = known?.Header.Producer == new ProducerIdAndEpoch(producer.ProducerId, producer.ProducerEpoch);
                if (isHolder && known!.Has(log.Partition))
                    continue;
                var isCommit = isHolder && known!.Header.State == TransactionState.CompleteCommit;
                Log.HangingTransactionEnded(logger, producer.ProducerId, log.Name, isCommit ? "committed" : "aborted");
                log.AppendMarker(new TransactionMarker(producer.ProducerId, producer.ProducerEpoch, isCommit, TransactionCoordinator.Epoch));
            }
        }
    }

    /// <summary>A partition that was deleted meanwhile needs no marker, and one that a later epoch has written to has been given one.</summary>
    private static void Append(PartitionLog log, in TransactionMarker marker)
    {
        if (log.AppendMarker(marker) is { Error: ErrorCode.StorageError } failed)
            throw new IOException(failed.Reason);
    }

    private void Apply(List<OffsetEntry> pending)
    {
        offsets.Write(pending);
        if (flusher.Policy == FsyncPolicy.Acknowledge)
            offsets.Flush();
    }

    private void End(TransactionMetadata metadata, TransactionHeader ended)
    {
        lock (metadata.Gate)
            journal.Append(metadata, ended with { UpdatedAt = time.GetUtcNow().ToUnixTimeMilliseconds() });
        if (flusher.Policy == FsyncPolicy.Acknowledge)
            journal.Flush();
    }
}
