namespace EventSourcing.EventBackbone.Transactions;

/// <summary>A record on its way into a transaction, and who is told what became of it.</summary>
internal readonly record struct TransactionRecord(Record Record, Action<RecordReport> Delivered);
