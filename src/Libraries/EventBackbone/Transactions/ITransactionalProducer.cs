using EventSourcing.EventBackbone.Kafka;

namespace EventSourcing.EventBackbone.Transactions;

/// <summary>
/// A way to the topics on which records are committed, not just stored: what is handed over together is committed together or not at all, and is
/// reported on only when its fate is known. It keeps the order in which it was handed over, and the route's <c>DeliveryTimeout</c> by itself.
/// </summary>
internal interface ITransactionalProducer : IRecordProducer
{
    /// <summary>Why this producer will never commit again in this process; null while it may.</summary>
    string? Failure { get; }

    /// <summary>Takes records that belong together; each is reported on once, on any thread, and all with the same outcome.</summary>
    void Produce(IReadOnlyList<TransactionRecord> records);

    /// <summary>Refuses what has waited too long for its transaction, and what came after it: nothing of it is visible, now or later.</summary>
    void RefuseOverdue();

    /// <summary>Refuses what no transaction has begun with, now and from now on.</summary>
    void RefuseQueued();
}
