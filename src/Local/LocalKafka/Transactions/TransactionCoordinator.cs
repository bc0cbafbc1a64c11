using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;
using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Transactions;

/// <summary>
/// The coordinator of all transactional ids. A transaction goes from Empty to Ongoing (partitions and offsets are added), to PrepareCommit or
/// PrepareAbort (decided, in the journal), to CompleteCommit or CompleteAbort (every partition has its marker).
/// </summary>
internal sealed partial class TransactionCoordinator(
    TransactionSettings settings, TransactionJournal journal, TransactionCompletion completion, ProducerIds producerIds, FsyncPolicy policy, TimeProvider time, ILogger logger)
    : ITransactionGuard
{
    /// <summary>There is one coordinator for ever.</summary>
    public const int Epoch = 0;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Adds partitions to the producer's transaction, which begins with the first.</summary>
    public ErrorCode AddPartitions(string transactionalId, ProducerIdAndEpoch producer, IReadOnlyCollection<TopicPartition> partitions) =>
        Change(transactionalId, producer, metadata =>
        {
            List<TransactionRecord> added = [.. partitions.Where(partition => !metadata.Has(partition)).Select(partition => new AddedPartition(transactionalId, partition))];
            return Add(metadata, added);
        });

    /// <summary>Adds a group, whose offsets the transaction may then commit.</summary>
    public ErrorCode AddGroup(string transactionalId, ProducerIdAndEpoch producer, string group) =>
        Change(transactionalId, producer, metadata =>
        {
            if (metadata.Has(group))
                return Add(metadata, []);
            return metadata.Groups.Count < settings.MaxGroups ? Add(metadata, [new AddedGroup(transactionalId, group)]) : ErrorCode.InvalidRequest;
        });

    /// <summary>Notes offsets that the group gets when the transaction commits.</summary>
    public ErrorCode AddOffsets(string transactionalId, ProducerIdAndEpoch producer, string group, IReadOnlyCollection<OffsetEntry> offsets)
    {
        var error = Change(transactionalId, producer, metadata =>
        {
            if (metadata.Header.State != TransactionState.Ongoing || !metadata.Has(group))
                return ErrorCode.InvalidTxnState;
            return Add(metadata, [.. offsets.Select(offset => new PendingOffset(transactionalId, offset))]);
        });
        return error == ErrorCode.ProducerFenced ? ErrorCode.InvalidProducerEpoch : error;
    }

    public ErrorCode Check(TopicPartition partition, long producerId, short producerEpoch)
    {
        if (journal.Find(producerId) is not { } metadata)
            return ErrorCode.InvalidTxnState;
        lock (metadata.Gate)
        {
            if (metadata.Header.Producer != new ProducerIdAndEpoch(producerId, producerEpoch))
                return ErrorCode.InvalidProducerEpoch;
            return metadata.Header.State == TransactionState.Ongoing && metadata.Has(partition) ? ErrorCode.None : ErrorCode.InvalidTxnState;
        }
    }

    /// <summary>Partitions whose committed offset of this group an open transaction is about to change.</summary>
    public HashSet<TopicPartition> PendingPartitions(string group)
    {
        var pending = new HashSet<TopicPartition>();
        foreach (var metadata in journal.All)
        {
            lock (metadata.Gate)
                pending.UnionWith(metadata.Offsets.Where(offset => offset.Group == group).Select(offset => offset.Partition));
        }

        return pending;
    }

    public TransactionDescription? Describe(string transactionalId) => journal.Find(transactionalId) is { } metadata ? TransactionDescription.Of(metadata) : null;

    public List<TransactionDescription> DescribeAll() =>
        [.. journal.All.Select(TransactionDescription.Of).OrderBy(transaction => transaction.Header.TransactionalId, StringComparer.Ordinal)];

    /// <summary>A change by the producer that holds the transactional id now, while no transaction of it is being completed.</summary>
    private ErrorCode Change(string transactionalId, ProducerIdAndEpoch producer, Func<TransactionMetadata, ErrorCode> change)
    {
        if (journal.Find(transactionalId) is not { } metadata)
            return transactionalId.Length == 0 ? ErrorCode.InvalidRequest : ErrorCode.InvalidProducerIdMapping;
        lock (metadata.Gate)
        {
            var error = CheckProducer(metadata.Header, producer);
            if (error == ErrorCode.None && metadata.Header.IsPrepared)
                error = ErrorCode.ConcurrentTransactions;
            return error == ErrorCode.None ? TryWrite(transactionalId, () => change(metadata)) : error;
        }
    }

    private ErrorCode Add(TransactionMetadata metadata, List<TransactionRecord> records)
    {
        if (metadata.Header.State == TransactionState.Ongoing && records.Count == 0)
            return ErrorCode.None;
        var (header, now) = (metadata.Header, Now);
        var begun = header.State == TransactionState.Ongoing ? header with { UpdatedAt = now } : header with { State = TransactionState.Ongoing, StartedAt = now, UpdatedAt = now };
        journal.Append(metadata, [begun, .. records]);
        return ErrorCode.None;
    }

    private static ErrorCode CheckProducer(TransactionHeader header, ProducerIdAndEpoch producer)
    {
        if (header.Producer.ProducerId != producer.ProducerId)
            return ErrorCode.InvalidProducerIdMapping;
        return header.Producer.Epoch == producer.Epoch ? ErrorCode.None : ErrorCode.ProducerFenced;
    }

    /// <summary>When the disk fails nothing has changed, and clients are told to look for the coordinator and try again.</summary>
    private ErrorCode TryWrite(string transactionalId, Func<ErrorCode> write)
    {
        try
        {
            return write();
        }
        catch (IOException exception)
        {
            Log.TransactionFailed(logger, exception, transactionalId);
            return ErrorCode.CoordinatorNotAvailable;
        }
    }
}
