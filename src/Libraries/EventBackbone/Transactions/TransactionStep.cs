using Confluent.Kafka;

namespace EventSourcing.EventBackbone.Transactions;

/// <summary>How a call of the transactional client ended.</summary>
internal readonly record struct TransactionStep(TransactionOutcome Outcome, Error? Error = null)
{
    public static TransactionStep Done { get; } = new(TransactionOutcome.Done);

    /// <summary>True when somebody else has taken the transactional id, or the broker has ended the transaction because it was too old.</summary>
    public bool IsFenced => Error?.Code is ErrorCode.ProducerFenced or ErrorCode.InvalidProducerEpoch or ErrorCode.Local_Fenced;
}

/// <summary>What follows from a call of the transactional client.</summary>
internal enum TransactionOutcome
{
    /// <summary>It has happened.</summary>
    Done,

    /// <summary>Not known yet: the same call again tells.</summary>
    Retry,

    /// <summary>The transaction cannot be committed any more.</summary>
    MustAbort,

    /// <summary>This client will do nothing any more.</summary>
    Broken,
}
