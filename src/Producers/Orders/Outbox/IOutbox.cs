using Npgsql;

namespace EventSourcing.Orders.Outbox;

/// <summary>Where a transaction leaves its event.</summary>
internal interface IOutbox
{
    /// <summary>Adds to the transaction's statements what leaves the event.</summary>
    void Append(NpgsqlBatchCommandCollection transaction, OutboxMessage message);

    /// <summary>A transaction with an event has been committed. Does not wait.</summary>
    void Committed();
}
