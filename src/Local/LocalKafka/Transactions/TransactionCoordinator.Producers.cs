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
        if (TryFence(metadata, present, out var refused) && await CompleteAsync(metadata) is var failed and not ErrorCode.None)
            return InitProducerIdResult.Failed(failed);
        return refused == ErrorCode.None ? Take(metadata, timeoutMs, present) : InitProducerIdResult.Failed(refused);
    }

    /// <summary>Decides to abort what an earlier holder has left open; true when it did.</summary>
    private bool TryFence(TransactionMetadata metadata, ProducerIdAndEpoch present, out ErrorCode refused)
    {
        lock (metadata.Gate)
        {
            refused = IsKnown(metadata.Header, present) ? ErrorCode.None : ErrorCode.ProducerFenced;
            if (refused != ErrorCode.None || metadata.Header.State != TransactionState.Ongoing)
                return false;
            refused = TryWrite(metadata.Header.TransactionalId, () => Fence(metadata));
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
            if (!IsKnown(header, present) || Next(header, present) is not { } next)
                return InitProducerIdResult.Failed(ErrorCode.ProducerFenced);
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

    /// <summary>A producer that says what it is must be the present holder, or its predecessor whose epochs had run out.</summary>
    private static bool IsKnown(TransactionHeader header, ProducerIdAndEpoch present) =>
        present == ProducerIdAndEpoch.None || header.Producer.Epoch == ProducerIdAndEpoch.NoEpoch
        || present.ProducerId == header.Producer.ProducerId || (present.ProducerId == header.Before.ProducerId && present.IsExhausted);

    /// <summary>The holder's next epoch, or a new id at the end of the epochs; null when the producer was fenced.</summary>
    private ProducerIdAndEpoch? Next(TransactionHeader header, ProducerIdAndEpoch present)
    {
        var holder = header.Producer;
        if (holder.Epoch == ProducerIdAndEpoch.NoEpoch)
            return new ProducerIdAndEpoch(producerIds.Next(), 0);
        if (present != ProducerIdAndEpoch.None && present != holder)
            return present == header.Before ? holder : null; // asks again: the answer was lost
        return holder.IsExhausted ? new ProducerIdAndEpoch(producerIds.Next(), 0) : holder with { Epoch = (short)(holder.Epoch + 1) };
    }
}
