using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Transactions;

/// <content>Who holds a transactional id: every new holder gets an epoch that fences the one before.</content>
internal sealed partial class TransactionCoordinator
{
    /// <param name="transactionalId">The id the producer was configured with.</param>
    /// <param name="timeoutMs">Its transactions' timeout.</param>
    /// <param name="present">What the producer is already, when it asks for its next epoch; <see cref="ProducerIdAndEpoch.None"/> for a new producer.</param>
    public async Task<InitProducerIdResult> InitAsync(string transactionalId, int timeoutMs, ProducerIdAndEpoch present)
    {
        if (transactionalId.Length == 0)
            return InitProducerIdResult.Failed(ErrorCode.InvalidRequest);
        if (timeoutMs <= 0 || timeoutMs > settings.MaxTimeout.TotalMilliseconds)
            return InitProducerIdResult.Failed(ErrorCode.InvalidTransactionTimeout);
        if (journal.Find(transactionalId) is null && journal.Count >= settings.MaxTransactionalIds)
            return InitProducerIdResult.Failed(ErrorCode.CoordinatorNotAvailable);

        var metadata = journal.FindOrAdd(transactionalId);
        if (TryFence(metadata, ref present, out var refused) && await CompleteAsync(metadata) is var failed and not ErrorCode.None)
            return InitProducerIdResult.Failed(failed);
        return refused == ErrorCode.None ? Take(metadata, timeoutMs, present) : InitProducerIdResult.Failed(refused);
    }

    /// <summary>Decides to abort what is open, be it an earlier holder's or the present one's own; true when it did.</summary>
    private bool TryFence(TransactionMetadata metadata, ref ProducerIdAndEpoch present, out ErrorCode refused)
    {
        lock (metadata.Gate)
        {
            var header = metadata.Header;
            var isOngoing = header.State == TransactionState.Ongoing;
            var isNew = present == ProducerIdAndEpoch.None;
            refused = (isOngoing ? isNew || present == header.Producer : MayTake(header, present)) ? ErrorCode.None : ErrorCode.ProducerFenced;
            if (refused != ErrorCode.None || !isOngoing)
                return false;
            refused = TryWrite(header.TransactionalId, () => Fence(metadata));
            present = isNew ? present : metadata.Header.Producer;
            return refused == ErrorCode.None;
        }
    }

    private InitProducerIdResult Take(TransactionMetadata metadata, int timeoutMs, ProducerIdAndEpoch present)
    {
        InitProducerIdResult result;
        lock (metadata.Gate)
        {
            var header = metadata.Header;
            if (metadata.IsForgotten || !header.HasEnded)
                return InitProducerIdResult.Failed(ErrorCode.ConcurrentTransactions);
            if (!MayTake(header, present))
                return InitProducerIdResult.Failed(ErrorCode.ProducerFenced);
            var next = Next(header, present);
            var before = next == header.Producer ? header.Before : present == ProducerIdAndEpoch.None ? ProducerIdAndEpoch.None : header.Producer;
            var taken = header with { Producer = next, Before = before, TimeoutMs = timeoutMs, State = TransactionState.Empty, StartedAt = -1, UpdatedAt = Now };
            result = new InitProducerIdResult(TryWrite(header.TransactionalId, () => Write(metadata, taken)), next);
        }

        // An epoch that was given out must never be given out again, so it is on disk before the answer.
        if (result.Error == ErrorCode.None && policy != FsyncPolicy.Never)
            result = result with { Error = TryWrite(metadata.Header.TransactionalId, Flush) };
        return result.Error == ErrorCode.None ? result : InitProducerIdResult.Failed(result.Error);
    }

    private ErrorCode Write(TransactionMetadata metadata, TransactionHeader header)
    {
        journal.Append(metadata, header);
        return ErrorCode.None;
    }

    private ErrorCode Flush()
    {
        journal.Flush();
        return ErrorCode.None;
    }

    /// <summary>
    /// A producer that says what it is must be the present holder, or what the holder was before: it asks again because the answer was lost. Any other
    /// was fenced and must not disturb the holder.
    /// </summary>
    private static bool MayTake(TransactionHeader header, ProducerIdAndEpoch present) =>
        present == ProducerIdAndEpoch.None || header.Producer.Epoch == ProducerIdAndEpoch.NoEpoch || present == header.Producer || present == header.Before;

    /// <summary>The holder's next epoch, a new id at the end of the epochs, or the same answer again.</summary>
    private ProducerIdAndEpoch Next(TransactionHeader header, ProducerIdAndEpoch present)
    {
        var holder = header.Producer;
        if (holder.Epoch == ProducerIdAndEpoch.NoEpoch)
            return new ProducerIdAndEpoch(producerIds.Next(), 0);
        if (present != ProducerIdAndEpoch.None && present == header.Before)
            return holder;
        return holder.IsExhausted ? new ProducerIdAndEpoch(producerIds.Next(), 0) : holder with { Epoch = (short)(holder.Epoch + 1) };
    }
}
