using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Transactions;

/// <content>How transactions end: by their producer, by a later producer of the same id, by time.</content>
internal sealed partial class TransactionCoordinator
{
    /// <summary>Commits or aborts. Answers once the decision is durable; it is carried out before the answer unless the disk fails meanwhile.</summary>
    public async Task<ErrorCode> EndAsync(string transactionalId, ProducerIdAndEpoch producer, bool commit)
    {
        if (journal.Find(transactionalId) is not { } metadata)
            return transactionalId.Length == 0 ? ErrorCode.InvalidRequest : ErrorCode.InvalidProducerIdMapping;
        ErrorCode error;
        lock (metadata.Gate)
        {
            error = CheckProducer(metadata.Header, producer);
            if (error == ErrorCode.None && metadata.Header.State != TransactionState.Ongoing)
                return CheckEnded(metadata.Header.State, commit);
            if (error == ErrorCode.None)
                error = TryWrite(transactionalId, () => Prepare(metadata, metadata.Header.Producer, commit));
        }

        return error == ErrorCode.None ? await CompleteAsync(metadata) : error;
    }

    /// <summary>Aborts what is over its time, and carries out decisions that a failing disk has held up.</summary>
    public async Task CheckAsync()
    {
        foreach (var metadata in journal.All)
        {
            if (TryExpire(metadata))
                await CompleteAsync(metadata);
        }

        TryCompact();
    }

    /// <summary>At the start: what was decided is carried out, and what a power cut has torn from its transaction is ended.</summary>
    public async Task RecoverAsync()
    {
        foreach (var metadata in journal.All.Where(metadata => metadata.Header.IsPrepared))
            await CompleteAsync(metadata);
        completion.EndHanging();
    }

    private void TryCompact()
    {
        try
        {
            journal.CompactIfDue();
        }
        catch (IOException exception)
        {
            Log.CompactionFailed(logger, exception, journal.Name);
        }
    }

    /// <summary>True when a decided transaction waits to be carried out.</summary>
    private bool TryExpire(TransactionMetadata metadata)
    {
        lock (metadata.Gate)
        {
            var (header, now) = (metadata.Header, Now);
            if (header.State == TransactionState.Ongoing && now - header.StartedAt > header.TimeoutMs)
            {
                Log.TransactionTimedOut(logger, header.TransactionalId, header.TimeoutMs);
                TryWrite(header.TransactionalId, () => Fence(metadata));
            }
            else if (header.HasEnded && now - header.UpdatedAt > settings.IdExpiration.TotalMilliseconds)
            {
                journal.Forget(metadata);
            }

            return metadata.Header.IsPrepared;
        }
    }

    /// <summary>Aborts with the next epoch, so that whatever the producer still sends is refused everywhere.</summary>
    private ErrorCode Fence(TransactionMetadata metadata)
    {
        var producer = metadata.Header.Producer;
        return Prepare(metadata, producer with { Epoch = (short)(producer.Epoch + 1) }, commit: false);
    }

    private ErrorCode Prepare(TransactionMetadata metadata, ProducerIdAndEpoch producer, bool commit)
    {
        var header = metadata.Header;
        var before = producer == header.Producer ? header.Before : ProducerIdAndEpoch.None;
        journal.Append(metadata, header with { Producer = producer, Before = before, State = commit ? TransactionState.PrepareCommit : TransactionState.PrepareAbort, UpdatedAt = Now });
        return ErrorCode.None;
    }

    /// <summary>Completes what is prepared, unless somebody is at it.</summary>
    private async Task<ErrorCode> CompleteAsync(TransactionMetadata metadata)
    {
        if (!metadata.TryBeginCompletion())
            return ErrorCode.None;
        try
        {
            if (policy == FsyncPolicy.Acknowledge)
                journal.Flush();
            await completion.CompleteAsync(metadata);
            return ErrorCode.None;
        }
        catch (IOException exception)
        {
            Log.TransactionFailed(logger, exception, metadata.Header.TransactionalId);
            return ErrorCode.CoordinatorNotAvailable;
        }
        finally
        {
            metadata.EndCompletion();
        }
    }

    /// <summary>The answer to a request to end what is not open: it may be the second one for an end whose answer was lost.</summary>
    private static ErrorCode CheckEnded(TransactionState state, bool commit) => (state, commit) switch
    {
        (TransactionState.CompleteCommit, true) or (TransactionState.CompleteAbort, false) => ErrorCode.None,
        (TransactionState.PrepareCommit, true) or (TransactionState.PrepareAbort, false) => ErrorCode.ConcurrentTransactions,
        _ => ErrorCode.InvalidTxnState,
    };
}
