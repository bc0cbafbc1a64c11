namespace EventSourcing.LocalKafka.Transactions;

/// <summary>Where the transaction of a transactional id stands; the names are Kafka's and appear in its tools.</summary>
internal enum TransactionState
{
    /// <summary>A producer, and nothing in a transaction yet.</summary>
    Empty,

    /// <summary>Partitions or offsets were added.</summary>
    Ongoing,

    /// <summary>Decided: markers are being written. Only forward from here, over any crash.</summary>
    PrepareCommit,

    /// <inheritdoc cref="PrepareCommit"/>
    PrepareAbort,

    /// <summary>Every partition has its marker and the offsets are applied.</summary>
    CompleteCommit,

    /// <summary>Every partition has its marker and the offsets are dropped.</summary>
    CompleteAbort,
}
